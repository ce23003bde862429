package io.accesskeys.signin.page;

import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.management.Labels;
import io.accesskeys.restriction.Restrictions;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The way of tests in other packages to what reads the page at sign-in. */
public final class PageText {

  private PageText() {}

  /** Reads a text as what an application asks for, and as each field of the form. */
  public static void read(String text, Restrictions known) {
    Prefill.read(text).map(Prefill::form).ifPresent(SubmittedForm::view);
    for (String field :
        List.of("name", "description", "client", "scope", "lifetime", "addresses")) {
      MultivaluedHashMap<String, String> form = new MultivaluedHashMap<>();
      form.addAll(field, text.split("&"));
      try {
        Labels.checked(
            SubmittedForm.of(form).request(Optional.empty(), Instant.EPOCH, known).label());
      } catch (InvalidRequestException e) {
        SubmittedForm.fieldOf(e.field());
      }
    }
  }
}
