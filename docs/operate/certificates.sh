#!/usr/bin/env bash
# certificates.sh FOLDER NAME HOST…: a certificate for one machine, signed by the authority of FOLDER, which is made at the first
# call. HOST: every name and address the others reach it by. FOLDER/NAME/ then holds ca.pem, cert.pem and key.pem, to be
# brought to that machine; FOLDER/ca-key.pem stays where it is. Called again for a NAME it gives a new one, good as long again.
# One FOLDER for the database and one for Dask: a cluster lets in whoever has a certificate of its authority.
set -euo pipefail
folder=$1 name=$2
shift 2
[ $# -gt 0 ] || { echo "certificates.sh FOLDER NAME HOST…" >&2; exit 2; }
umask 077
mkdir -p "$folder/$name"
hosts=
for host in "$@"; do
    [[ $host =~ ^[0-9.]+$|: ]] && kind=IP || kind=DNS
    hosts+=${hosts:+,}$kind:$host
done
settings=$(mktemp)
trap 'rm -f "$settings"' EXIT
cat > "$settings" <<END
[req]
distinguished_name = none
[none]
[authority]
basicConstraints = critical, CA:true, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[machine]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
# Both, since Dask's programs call each other.
extendedKeyUsage = serverAuth, clientAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid:always
subjectAltName = $hosts
END
made=(openssl req -config "$settings" -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -sha256)
if [ ! -e "$folder/ca.pem" ]; then
    "${made[@]}" -extensions authority -subj "/CN=plan-monitor $(basename "$folder")" -days 3650 \
        -keyout "$folder/ca-key.pem" -out "$folder/ca.pem"
fi
"${made[@]}" -extensions machine -subj "/CN=$name" -days 730 -CA "$folder/ca.pem" -CAkey "$folder/ca-key.pem" \
    -keyout "$folder/$name/key.pem" -out "$folder/$name/cert.pem"
cp "$folder/ca.pem" "$folder/$name/ca.pem"
openssl x509 -in "$folder/$name/cert.pem" -noout -subject -enddate -ext subjectAltName
