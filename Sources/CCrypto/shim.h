#pragma once
// SHA256_Init and related functions keep their state in a plain struct, which EVP does not.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
