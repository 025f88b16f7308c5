#pragma once
// SHA256_Init and its kin keep their state in a plain struct, which EVP does not offer.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
