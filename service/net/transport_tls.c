/* SPDX-License-Identifier: MIT */
#include "net/transport.h"

#include <errno.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define HANDSHAKE_RECORD 0x16 /* RFC 8446 §5.1, ContentType handshake */

typedef struct TlsTransport {
	Transport base;
	SSL *session;
	bool greeted; /* the first byte was looked at */
} TlsTransport;

static IoResult
failed(TlsTransport *tls, CloseReason reason, int error)
{
	tls->base.failure = error == ECONNRESET || error == EPIPE ? CLOSE_RESET : reason;
	tls->base.error = error;
	ERR_clear_error();
	return IO_FAILED;
}

/* What OpenSSL's answer means; `code` is that of the call made last. */
static IoResult
result_of(TlsTransport *tls, int code, CloseReason reason)
{
	int error = errno;

	switch (SSL_get_error(tls->session, code)) {
	case SSL_ERROR_WANT_READ:
		return IO_AGAIN;
	case SSL_ERROR_WANT_WRITE:
		return IO_AGAIN_WRITE;
	case SSL_ERROR_ZERO_RETURN:
		return IO_EOF;
	case SSL_ERROR_SYSCALL:
		return failed(tls, reason, error);
	default:
		/* A peer that closes without close_notify is common; it is not an attack on lines,
		 * which are complete or not. */
		if (reason == CLOSE_READ_FAILED &&
		    ERR_GET_REASON(ERR_peek_error()) == SSL_R_UNEXPECTED_EOF_WHILE_READING) {
			ERR_clear_error();
			return IO_EOF;
		}
		return failed(tls, reason, 0);
	}
}

/* Plain text on a TLS port is told from a broken hello by its first byte. */
static IoResult
look_at_greeting(TlsTransport *tls)
{
	unsigned char first;
	ssize_t got;

	do
		got = recv(tls->base.descriptor, &first, sizeof first, MSG_PEEK);
	while (got < 0 && errno == EINTR);
	if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
		return IO_AGAIN;
	if (got < 0)
		return failed(tls, CLOSE_TLS_HANDSHAKE, errno);
	if (got == 0)
		return IO_EOF;
	if (first != HANDSHAKE_RECORD)
		return failed(tls, CLOSE_PLAIN_TO_TLS, 0);
	tls->greeted = true;
	return IO_OK;
}

static IoResult
tls_handshake(Transport *transport)
{
	TlsTransport *tls = (TlsTransport *)transport;
	int code;

	if (!tls->greeted) {
		IoResult result = look_at_greeting(tls);

		if (result != IO_OK)
			return result;
	}
	ERR_clear_error();
	code = SSL_accept(tls->session);
	if (code != 1)
		return result_of(tls, code, CLOSE_TLS_HANDSHAKE);
	transport->pending = SSL_has_pending(tls->session);
	return IO_OK;
}

static IoResult
tls_receive(Transport *transport, void *buffer, size_t size, size_t *ret_length)
{
	TlsTransport *tls = (TlsTransport *)transport;
	IoResult result = IO_OK;
	size_t length = 0;

	while (length < size) {
		size_t got;
		int code;

		ERR_clear_error();
		code = SSL_read_ex(tls->session, (char *)buffer + length, size - length, &got);
		if (code != 1) {
			result = result_of(tls, code, CLOSE_READ_FAILED);
			break;
		}
		length += got;
	}
	transport->pending = false;
	if (length == 0)
		return result;
	/* An end behind what was read comes again at the next call: the session remembers it, and
	 * nothing on the socket announces it. */
	transport->pending = result == IO_OK || result == IO_EOF || result == IO_FAILED;
	*ret_length = length;
	return IO_OK;
}

static IoResult
tls_send(Transport *transport, const void *data, size_t length, size_t *ret_length)
{
	TlsTransport *tls = (TlsTransport *)transport;
	size_t total = 0;

	while (total < length) {
		size_t sent;
		int code;

		ERR_clear_error();
		code =
		    SSL_write_ex(tls->session, (const char *)data + total, length - total, &sent);
		if (code != 1 && total > 0)
			break; /* the caller comes again with what is left and hears of it then */
		if (code != 1)
			return result_of(tls, code, CLOSE_WRITE_FAILED);
		total += sent;
	}
	ERR_clear_error();
	*ret_length = total;
	return IO_OK;
}

static void
tls_finish(Transport *transport)
{
	TlsTransport *tls = (TlsTransport *)transport;

	ERR_clear_error();
	SSL_shutdown(tls->session);
	ERR_clear_error();
	shutdown(transport->descriptor, SHUT_WR);
}

static void
describe_certificate(TlsTransport *tls, ConnInfo *info)
{
	X509 *certificate = SSL_get1_peer_certificate(tls->session);
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned length = 0;

	if (certificate && X509_digest(certificate, EVP_sha256(), digest, &length))
		for (unsigned i = 0; i < length; i++)
			g_snprintf(
			    info->certificate_fingerprint + (size_t)i * 2, 3, "%02x", digest[i]);
	X509_free(certificate);
}

/* RFC 9266 §4.2: without the extended master secret an exporter does not bind. */
static void
describe_exporter(TlsTransport *tls, ConnInfo *info)
{
	static const char label[] = "EXPORTER-Channel-Binding";

	if (SSL_version(tls->session) < TLS1_3_VERSION && SSL_get_extms_support(tls->session) != 1)
		return;
	if (SSL_export_keying_material(tls->session, info->exporter, CONN_EXPORTER_SIZE, label,
		sizeof label - 1, (const unsigned char *)"", 0, 1) == 1)
		info->exporter_length = CONN_EXPORTER_SIZE;
}

/* RFC 5929 §4.1: hashed as its signature is, SHA-256 in place of what is broken. */
static void
describe_end_point(TlsTransport *tls, ConnInfo *info)
{
	const X509 *certificate = SSL_get_certificate(tls->session);
	const EVP_MD *digest = NULL;
	int name = NID_undef;
	unsigned length = 0;

	if (!certificate)
		return;
	if (X509_get_signature_info((X509 *)certificate, &name, NULL, NULL, NULL) == 1 &&
	    name != NID_md5 && name != NID_sha1)
		digest = EVP_get_digestbynid(name);
	if (!digest)
		digest = EVP_sha256();
	if (EVP_MD_get_size(digest) <= (int)CONN_END_POINT_SIZE &&
	    X509_digest(certificate, digest, info->end_point, &length) == 1)
		info->end_point_length = (uint8_t)length;
}

/* Longer names are no host names (RFC 1035 2.3.4). */
static void
describe_host(TlsTransport *tls, ConnInfo *info)
{
	const char *host = SSL_get_servername(tls->session, TLSEXT_NAMETYPE_host_name);
	size_t length = host ? strlen(host) : 0;

	/* What a gateway said before stands where the client names none. */
	if (length == 0 || length >= sizeof info->tls_host)
		return;
	for (size_t i = 0; i <= length; i++)
		info->tls_host[i] = g_ascii_tolower(host[i]);
}

static void
tls_describe(Transport *transport, ConnInfo *info)
{
	TlsTransport *tls = (TlsTransport *)transport;

	info->tls = true;
	g_strlcpy(info->tls_version, SSL_get_version(tls->session), sizeof info->tls_version);
	g_strlcpy(info->tls_cipher, SSL_get_cipher_name(tls->session), sizeof info->tls_cipher);
	describe_host(tls, info);
	describe_certificate(tls, info);
	describe_exporter(tls, info);
	describe_end_point(tls, info);
	ERR_clear_error();
}

static void
tls_free(Transport *transport)
{
	TlsTransport *tls = (TlsTransport *)transport;

	SSL_free(tls->session);
	ERR_clear_error();
	close(transport->descriptor);
	g_free(tls);
}

static const TransportOps tls_ops = {
    .name = "tls",
    .handshake = tls_handshake,
    .receive = tls_receive,
    .send = tls_send,
    .finish = tls_finish,
    .describe = tls_describe,
    .free = tls_free,
};

Transport *
transport_tls_new(int descriptor, TlsContext *context, bool asks)
{
	SSL *session = tls_context_session(context);
	TlsTransport *tls;

	if (!session || !SSL_set_fd(session, descriptor)) {
		SSL_free(session);
		close(descriptor);
		return NULL;
	}
	if (!asks)
		SSL_set_verify(session, SSL_VERIFY_NONE, NULL);
	tls = g_new0(TlsTransport, 1);
	tls->base.ops = &tls_ops;
	tls->base.descriptor = descriptor;
	tls->session = session;
	return &tls->base;
}
