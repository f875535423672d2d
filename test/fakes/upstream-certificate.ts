/** A self-signed certificate for a name nobody has, made for tests: what a gateway with a certificate no one can check shows. */
export const upstreamCertificate = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg8ssI3GzC65CH5Zv0
z/gcdgXY8mlGSVQLFAzeMxbALJihRANCAATNgeHStf7CgLQdhQmH2KLovGtX/b3r
ass6E3z0Z0MP76A2ZcfW5iQnh0yGa/dmjlB2WNvLxybF3vu2v7AGYszu
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBljCCAT2gAwIBAgIUJfgW3PLBziAWKCR1/WW+c+53lUAwCgYIKoZIzj0EAwIw
IDEeMBwGA1UEAwwVdXBzdHJlYW0udGVzdC5pbnZhbGlkMCAXDTI2MTEyNDAzNTUw
MVoYDzIxMjYxMDMxMDM1NTAxWjAgMR4wHAYDVQQDDBV1cHN0cmVhbS50ZXN0Lmlu
dmFsaWQwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATNgeHStf7CgLQdhQmH2KLo
vGtX/b3rass6E3z0Z0MP76A2ZcfW5iQnh0yGa/dmjlB2WNvLxybF3vu2v7AGYszu
o1MwUTAdBgNVHQ4EFgQUoW9Xks8aWa37WRqNujsqtdajDYgwHwYDVR0jBBgwFoAU
oW9Xks8aWa37WRqNujsqtdajDYgwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQD
AgNHADBEAiBawgpZO0Zmk+iErpZD83PMnXAUcfFdMK3W2u3n6DybjQIgKYLzg1yF
H9owi/iSZLDpBQIWNi8smrDN/beij4IYH20=
-----END CERTIFICATE-----
`,
};
