"""Our own certificate authority, which vouches for the local network and for nothing else."""

import ipaddress
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CA_DAYS = 3650
SERVER_DAYS = 397  # browsers refuse longer ones
LOCAL = "kiezkarte.local"
# Whoever steals the authority's key cannot pose as a bank on a tablet that trusts it: it vouches
# for these names and networks alone (RFC 5280, name constraints)
NAMES = (LOCAL, "localhost")
NETS = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8")


@dataclass(frozen=True)
class Files:
    """Where the authority and the server's certificate lie."""

    folder: Path

    @property
    def ca(self) -> Path:
        """The authority's certificate: public, for the tablets."""
        return self.folder / "ca.crt"

    @property
    def ca_key(self) -> Path:
        """The authority's key: secret, for renewals."""
        return self.folder / "ca.key"

    @property
    def server(self) -> Path:
        """The server's certificate."""
        return self.folder / "server.crt"

    @property
    def server_key(self) -> Path:
        """The server's key: secret."""
        return self.folder / "server.key"


def make(where: Files, addresses: Sequence[str], *, now: datetime) -> list[str]:
    """Write a server certificate for addresses, and the authority if there is none yet.

    Returns the hosts that it is valid for; addresses outside the private networks are left out.
    """
    where.folder.mkdir(parents=True, exist_ok=True)
    where.folder.chmod(0o700)
    authority, key = _authority(where, now)
    hosts = [*NAMES, "127.0.0.1", *(one for one in addresses if is_ours(one))]
    hosts = list(dict.fromkeys(hosts))
    server_key = ec.generate_private_key(ec.SECP256R1())
    server = _server(authority, key, server_key.public_key(), hosts, now)
    _write(where.server_key, _pem(server_key))
    _write(where.server, server.public_bytes(serialization.Encoding.PEM))
    return hosts


def hosts_of(where: Files, *, now: datetime) -> list[str]:
    """List the hosts that the server's certificate is valid for; none if there is none or it is over."""
    if not (where.server.is_file() and where.server_key.is_file() and where.ca.is_file()):
        return []
    found = x509.load_pem_x509_certificate(where.server.read_bytes())
    if not found.not_valid_before_utc <= now < found.not_valid_after_utc:
        return []
    names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return [*names.get_values_for_type(x509.DNSName)] + [
        str(address) for address in names.get_values_for_type(x509.IPAddress)
    ]


def ended(where: Files, *, now: datetime) -> datetime | None:
    """Return when the server's certificate ended; None when it has not, or there is none."""
    if not where.server.is_file():
        return None
    found = x509.load_pem_x509_certificate(where.server.read_bytes())
    return found.not_valid_after_utc if found.not_valid_after_utc <= now else None


def is_ours(address: str) -> bool:
    """Tell whether an address is of a private network: only such ones can be certified."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(known in ipaddress.ip_network(net) for net in NETS)


# --- inside -----------------------------------------------------------------


def _authority(where: Files, now: datetime) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    if where.ca.is_file() and where.ca_key.is_file():
        found = x509.load_pem_x509_certificate(where.ca.read_bytes())
        key = serialization.load_pem_private_key(where.ca_key.read_bytes(), None)
        lasts = found.not_valid_after_utc > now + timedelta(days=SERVER_DAYS)
        if lasts and isinstance(key, ec.EllipticCurvePrivateKey):
            return found, key
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"Kiezkarte {now:%Y-%m-%d}")
    permitted: list[x509.GeneralName] = [x509.DNSName(one) for one in NAMES]
    permitted += [x509.IPAddress(ipaddress.ip_network(net)) for net in NETS]
    made = (
        _begun(name, name, key.public_key(), now, CA_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage("key_cert_sign", "crl_sign"), critical=True)
        .add_extension(x509.NameConstraints(permitted, None), critical=True)
        .sign(key, hashes.SHA256())
    )
    _write(where.ca_key, _pem(key))
    _write(where.ca, made.public_bytes(serialization.Encoding.PEM))
    return made, key


def _server(
    authority: x509.Certificate,
    key: ec.EllipticCurvePrivateKey,
    public: ec.EllipticCurvePublicKey,
    hosts: Iterable[str],
    now: datetime,
) -> x509.Certificate:
    named: list[x509.GeneralName] = [
        x509.IPAddress(ipaddress.ip_address(host)) if is_ours(host) else x509.DNSName(host)
        for host in hosts
    ]
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())
    return (
        _begun(_name(LOCAL), authority.subject, public, now, SERVER_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage("digital_signature"), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(named), critical=False)
        .add_extension(issuer, critical=False)
        .sign(key, hashes.SHA256())
    )


def _begun(
    name: x509.Name,
    issuer: x509.Name,
    public: ec.EllipticCurvePublicKey,
    now: datetime,
    days: int,
) -> x509.CertificateBuilder:
    begin = now - timedelta(hours=1)  # a tablet's clock may be slow
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Kiezkarte"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


USAGES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
    "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


def _usage(*wanted: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{name: name in wanted for name in USAGES})


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _write(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, never half of it."""
    half = path.with_suffix(path.suffix + ".part")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(content)
    half.replace(path)
