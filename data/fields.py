"""Fields of action (Handlungsfelder) of "Sozialer Zusammenhalt"; climate is a flag across them."""

FIELDS = ("IN", "BI", "OER", "GB", "BVK")
