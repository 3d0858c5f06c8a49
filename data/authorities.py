"""Who a need can be handed on to: keys into the locales, each with a default public sentence.

`authority.<key>` is the name, `authority.<key>.sentence` what residents are told by default.
The list follows the triage of Berlin neighbourhood offices: who owns which kind of trouble.
"""

AUTHORITIES = (
    "ordnungsamt",  # litter, parking, scooters, noise in the street
    "bsr",  # city cleaning: bulky waste, bins
    "sga",  # Straßen- und Grünflächenamt: paths, benches, playgrounds, kerbs
    "lighting",  # who runs the street lamps
    "traffic",  # Straßenverkehrsbehörde: crossings, speed, school streets
    "police",
    "landlord",  # courtyards, stairwells, houses
    "social_outreach",  # drug use, people sleeping rough
    "youth_office",
    "school_office",
    "health_office",
    "housing_office",  # rents, misuse of flats, advice for tenants
    "bvg",  # stops and stations
    "water_company",  # drinking fountains
    "district",  # Bezirksamt, where the office inside it is not known
    "senate",
    "qm",  # the neighbourhood office itself takes it on
    "partner",  # a club, congregation or institution nearby
)
