/* SPDX-License-Identifier: MIT */
/* Whatever a gateway says: an address that is one, or none. */
#include "net/forwarded.h"

#include <arpa/inet.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const NetRange trusted[] = {{4, 8, {10}}};
	unsigned char bytes[16];
	ForwardedClient client;
	HttpRequest request;

	if (http_request_parse((const char *)data, size, &request) != HTTP_OK)
		return 0;
	if (!forwarded_client(&request, size % 2 ? FORWARDED_X : FORWARDED_RFC_7239, trusted,
		G_N_ELEMENTS(trusted), &client) ||
	    !*client.address)
		return 0;
	g_assert_true(inet_pton(AF_INET, client.address, bytes) == 1 ||
		      inet_pton(AF_INET6, client.address, bytes) == 1);
	return 0;
}
