/* SPDX-License-Identifier: MIT */
#include "description.h"

#include <gio/gio.h>
#include <string.h>

static const char answer[] =
    "{\"service\":{\"name\":\"chatd\"},\"unknown\":[1],"
    "\"methods\":[{\"name\":\"user.kill\",\"role\":\"operator\",\"label\":\"Disconnect\",\"help\":"
    "\"H.\","
    "\"danger\":true,\"params\":[{\"name\":\"nick\",\"type\":\"string\",\"required\":true,"
    "\"default\":null,\"help\":\"N.\",\"values\":null},{\"name\":\"level\",\"type\":\"integer\","
    "\"required\":false,\"default\":4,\"help\":\"L.\",\"values\":[0,4]}]}],"
    "\"settings\":[{\"section\":\"limits\",\"key\":\"nick\",\"type\":\"uint\",\"default\":\"32\","
    "\"min\":9,"
    "\"max\":63,\"unit\":\"bytes\",\"values\":null,\"live\":true,\"repeated\":false},"
    "{\"section\":\"listener\",\"key\":\"kind\",\"type\":\"enum\",\"values\":\"client control\","
    "\"live\":false,\"repeated\":true}],"
    "\"modes\":[{\"letter\":\"m\",\"on\":\"channel\",\"kind\":\"flag\",\"name\":\"moderated\"}]}";

static Description *
parse(const char *text)
{
	g_autoptr(GError) error = NULL;
	Description *description = description_parse(text, strlen(text), &error);

	g_assert_no_error(error);
	return description;
}

static void
test_methods(void)
{
	g_autoptr(Description) description = parse(answer);
	const DescribedMethod *method = description_method(description, "user.kill");
	const DescribedParam *level = described_param(method, "level");
	g_autofree char *fallback = described_value_text(level->default_value);

	g_assert_true(method->danger);
	g_assert_cmpstr(method->role, ==, "operator");
	g_assert_cmpuint(method->n_params, ==, 2);
	g_assert_true(described_param(method, "nick")->required);
	g_assert_null(described_param(method, "nick")->default_value);
	g_assert_null(described_param(method, "nick")->values);
	g_assert_cmpstr(fallback, ==, "4");
	g_assert_cmpstr(level->values[1], ==, "4");
	g_assert_null(level->values[2]);
	g_assert_null(described_param(method, "reason"));
	g_assert_null(description_method(description, "user.nothing"));
}

static void
test_settings(void)
{
	g_autoptr(Description) description = parse(answer);
	const DescribedSetting *nick = description_setting(description, "limits", "nick");
	const DescribedSetting *kind = description_setting(description, "listener main", "kind");
	g_autofree char *range = described_setting_allowed(nick);
	g_autofree char *words = described_setting_allowed(kind);

	g_assert_cmpstr(range, ==, "9 to 63 bytes");
	g_assert_true(nick->live && !nick->repeated);
	g_assert_cmpstr(words, ==, "one of: client, control");
	g_assert_true(!kind->live && kind->repeated);
	g_assert_cmpstr(kind->label, ==, "");
	g_assert_null(description_setting(description, "limit", "nick"));
}

static void
test_modes(void)
{
	g_autoptr(Description) description = parse(answer);
	guint count;
	const DescribedMode *modes = description_modes(description, &count);

	g_assert_cmpuint(count, ==, 1);
	g_assert_cmpstr(modes[0].letter, ==, "m");
	g_assert_cmpstr(modes[0].name, ==, "moderated");
}

static void
test_refused(void)
{
	static const char *const texts[] = {"", "[", "[]", "{}", "{\"methods\":{}}",
	    "{\"methods\":[],\"methods\":[],\"settings\":[]}"};

	for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autoptr(GError) error = NULL;

		g_assert_null(description_parse(texts[i], strlen(texts[i]), &error));
		g_assert_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
	}
}

static void
test_roles(void)
{
	g_assert_true(role_reaches("administrator", "viewer"));
	g_assert_true(role_reaches("operator", "operator"));
	g_assert_false(role_reaches("viewer", "operator"));
	g_assert_false(role_reaches(NULL, "viewer"));
	g_assert_false(role_reaches("administrator", "emperor"));
	g_assert_false(role_reaches("guest", "viewer"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/description/methods", test_methods);
	g_test_add_func("/description/settings", test_settings);
	g_test_add_func("/description/modes", test_modes);
	g_test_add_func("/description/refused", test_refused);
	g_test_add_func("/description/roles", test_roles);
	return g_test_run();
}
