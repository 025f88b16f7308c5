// Debian builds libxml2 with ICU; its headers then clash with the ICU inside Foundation.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/SAX2.h>
#include <libxml/parserInternals.h>
#include <libxml/pattern.h>
#include <libxml/tree.h>
#include <libxml/xmlschemas.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

// xmlFree is a global variable of function type, which Swift 6 refuses.
static inline void aid_xml_free(void *block) { xmlFree(block); }

static void aid_xml_say_nothing(void *context, const char *message, ...) {
  (void)context;
  (void)message;
}

// On this thread libxml2 writes nothing to standard error: what is wrong is told by whoever asked.
static inline void aid_xml_be_quiet(void) { xmlSetGenericErrorFunc(NULL, aid_xml_say_nothing); }
