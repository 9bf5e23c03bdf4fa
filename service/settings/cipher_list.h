/* SPDX-License-Identifier: MIT */
/*
 * CipherList: what is wrong with a list of ciphers, since OpenSSL itself leaves out words it does
 * not know and goes on. Thread: any; pure but for OpenSSL's tables.
 */
#pragma once

/* Of TLS 1.2, in OpenSSL's form ("ECDHE+AESGCM:!aNULL"); of TLS 1.3 ("TLS_AES_256_GCM_SHA384:…").
 * NULL: nothing is. Caller frees. */
char *cipher_list_problem(const char *ciphers);
char *ciphersuites_problem(const char *ciphersuites);
