/* SPDX-License-Identifier: MIT */
#include "net/proxy_header.h"

#include <arpa/inet.h>
#include <string.h>

#define V1_PREFIX "PROXY "
#define V1_MAX 107u /* with its CRLF */
#define V2_HEAD 16u
#define V2_SIGNATURE_LENGTH 12u
#define V2_TLV_HEAD 3u
#define V2_TLV_AUTHORITY 0x02u
#define V2_TLV_SSL 0x20u
#define V2_SSL_CLIENT 0x01u /* PP2_CLIENT_SSL */

static const char signature[] = "\r\n\r\n\0\r\nQUIT\n";

static bool
begins_like(const GString *header, const char *text, size_t length)
{
	return memcmp(header->str, text, MIN(header->len, length)) == 0;
}

static bool
is_v2(const GString *header)
{
	return header->len >= V2_SIGNATURE_LENGTH &&
	       begins_like(header, signature, V2_SIGNATURE_LENGTH);
}

static unsigned
number(const char *bytes)
{
	return (unsigned)(unsigned char)bytes[0] << 8 | (unsigned char)bytes[1];
}

size_t
proxy_header_share(const GString *header, const char *next, size_t length)
{
	const char *end;

	/* Both versions are longer than the signature. */
	if (header->len < V2_SIGNATURE_LENGTH)
		return MIN(length, V2_SIGNATURE_LENGTH - header->len);
	if (is_v2(header) && header->len < V2_HEAD)
		return MIN(length, V2_HEAD - header->len);
	if (is_v2(header))
		return MIN(length, V2_HEAD + number(header->str + 14) - header->len);
	end = memchr(next, '\n', length);
	return end ? (size_t)(end - next) + 1 : length;
}

static bool
parse_port(const char *text, uint16_t *ret_port)
{
	guint64 port;

	if (!g_ascii_string_to_unsigned(text, 10, 0, UINT16_MAX, &port, NULL))
		return false;
	*ret_port = (uint16_t)port;
	return true;
}

static ProxyResult
parse_v1_line(const char *line, ProxyHeader *header)
{
	g_auto(GStrv) words = g_strsplit(line, " ", 7);
	unsigned char source[16], target[16];
	int family;

	if (g_strv_length(words) >= 2 && strcmp(words[1], "UNKNOWN") == 0)
		return PROXY_DONE;
	if (g_strv_length(words) != 6)
		return PROXY_BAD;
	family = strcmp(words[1], "TCP4") == 0   ? AF_INET
		 : strcmp(words[1], "TCP6") == 0 ? AF_INET6
						 : AF_UNSPEC;
	if (family == AF_UNSPEC || inet_pton(family, words[2], source) != 1 ||
	    inet_pton(family, words[3], target) != 1 || !parse_port(words[4], &header->peer_port) ||
	    !parse_port(words[5], &header->local_port))
		return PROXY_BAD;
	inet_ntop(family, source, header->address, sizeof header->address);
	header->known = true;
	return PROXY_DONE;
}

static ProxyResult
parse_v1(const GString *text, ProxyHeader *header)
{
	g_autofree char *line = NULL;

	if (!begins_like(text, V1_PREFIX, strlen(V1_PREFIX)))
		return PROXY_BAD;
	if (text->len < 2 || text->str[text->len - 1] != '\n')
		return text->len >= V1_MAX ? PROXY_BAD : PROXY_MORE;
	if (text->len > V1_MAX || text->str[text->len - 2] != '\r' ||
	    memchr(text->str, '\0', text->len))
		return PROXY_BAD;
	line = g_strndup(text->str, text->len - 2);
	return parse_v1_line(line, header);
}

/* Longer names are no host names (RFC 1035 2.3.4). */
static void
learn_authority(const char *name, size_t length, ProxyHeader *header)
{
	if (length >= sizeof header->host)
		return;
	for (size_t i = 0; i < length; i++)
		header->host[i] = g_ascii_tolower(name[i]);
	header->host[length] = '\0';
}

/* The type-length-values behind the addresses; false when one is cut off. */
static bool
parse_tlvs(const char *bytes, size_t length, ProxyHeader *header)
{
	while (length > 0) {
		size_t size;

		if (length < V2_TLV_HEAD)
			return false;
		size = number(bytes + 1);
		if (length - V2_TLV_HEAD < size)
			return false;
		if ((unsigned char)bytes[0] == V2_TLV_SSL && size >= 1)
			header->tls = (bytes[V2_TLV_HEAD] & V2_SSL_CLIENT) != 0;
		if ((unsigned char)bytes[0] == V2_TLV_AUTHORITY)
			learn_authority(bytes + V2_TLV_HEAD, size, header);
		bytes += V2_TLV_HEAD + size;
		length -= V2_TLV_HEAD + size;
	}
	return true;
}

/* Where source, target and ports stand, by the family byte. */
static ProxyResult
parse_addresses(unsigned family, const char *bytes, size_t length, ProxyHeader *header)
{
	bool ipv4 = family == 0x11, ipv6 = family == 0x21;
	size_t size = ipv4 ? 4 : 16;

	if (!ipv4 && !ipv6)
		return PROXY_DONE; /* of a family that is no concern of ours: as if unknown */
	if (length < 2 * size + 4)
		return PROXY_BAD;
	inet_ntop(ipv4 ? AF_INET : AF_INET6, bytes, header->address, sizeof header->address);
	header->peer_port = (uint16_t)number(bytes + 2 * size);
	header->local_port = (uint16_t)number(bytes + 2 * size + 2);
	header->known = true;
	return parse_tlvs(bytes + 2 * size + 4, length - 2 * size - 4, header) ? PROXY_DONE
									       : PROXY_BAD;
}

static ProxyResult
parse_v2(const GString *text, ProxyHeader *header)
{
	unsigned command, length;

	if (text->len < V2_HEAD)
		return PROXY_MORE;
	command = (unsigned char)text->str[12];
	length = number(text->str + 14);
	if (command >> 4 != 2 || (command & 0x0F) > 1 || V2_HEAD + length > PROXY_HEADER_MAX)
		return PROXY_BAD;
	if (text->len < V2_HEAD + length)
		return PROXY_MORE;
	if ((command & 0x0F) == 0)
		return PROXY_DONE; /* LOCAL: a health check */
	return parse_addresses((unsigned char)text->str[13], text->str + V2_HEAD, length, header);
}

/* An IPv4 address inside an IPv6 one is shown as what it is. */
static void
unmap(ProxyHeader *header)
{
	static const char mapped[] = "::ffff:";

	if (g_str_has_prefix(header->address, mapped) && strchr(header->address, '.'))
		memmove(header->address, header->address + strlen(mapped),
		    strlen(header->address + strlen(mapped)) + 1);
}

ProxyResult
proxy_header_parse(const GString *header, ProxyHeader *ret_header)
{
	ProxyResult result;

	*ret_header = (ProxyHeader){0};
	if (header->len < V2_SIGNATURE_LENGTH)
		return begins_like(header, signature, V2_SIGNATURE_LENGTH) ||
			       begins_like(header, V1_PREFIX, strlen(V1_PREFIX))
			   ? PROXY_MORE
			   : PROXY_BAD;
	result = is_v2(header) ? parse_v2(header, ret_header) : parse_v1(header, ret_header);
	unmap(ret_header);
	return result;
}
