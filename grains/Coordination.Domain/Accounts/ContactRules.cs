namespace Coordination.Domain.Accounts;

/// <summary>What makes a named contact somebody whom Comms can contact (order 01/25, 2.1).</summary>
public static class ContactRules
{
    /// <summary>Most deputies.</summary>
    public const int MostDeputies = 10;

    /// <summary>The contact as it is kept: no spaces around, nothing instead of empty fields, no deputy of whom nothing is said.</summary>
    public static NamedContact Tidy(NamedContact contact) => new(
        contact.Name.Trim(),
        Filled(contact.Email),
        Filled(contact.Phone),
        [.. (contact.Deputies ?? []).Select(Tidy).Where(d => d.Name.Length > 0 || d.Email is not null || d.Phone is not null)]);

    /// <summary>Everything that is wrong with a contact; nothing when it may be kept.</summary>
    /// <returns>Faults by field: <c>name</c>, <c>email</c>, <c>phone</c>, <c>deputies</c> and those of each deputy, <c>deputies[0].name</c>.</returns>
    public static IReadOnlyList<FieldFault> Check(NamedContact contact)
    {
        var faults = new List<FieldFault>();
        CheckPerson(contact, "", faults);
        if (contact.Name.Length > 0 && contact.Email is null && contact.Phone is null)
        {
            faults.Add(new FieldFault("email", "an e-mail address or a telephone number is missing; Comms could not reach the contact"));
        }

        var deputies = contact.Deputies ?? [];
        if (deputies.Count > MostDeputies)
        {
            faults.Add(new FieldFault("deputies", $"{deputies.Count} deputies are named; {MostDeputies} fit"));
            return faults;
        }

        for (var i = 0; i < deputies.Count; i++)
        {
            CheckPerson(deputies[i], $"deputies[{i}].", faults);
            if (deputies[i].Deputies is { Count: > 0 })
            {
                faults.Add(new FieldFault($"deputies[{i}].deputies", "a deputy has no deputies"));
            }
        }

        return faults;
    }

    private static void CheckPerson(NamedContact person, string prefix, List<FieldFault> faults)
    {
        var who = prefix.Length == 0 ? "the name" : "the deputy's name";
        Add("name", person.Name.Length == 0 ? "is missing; name an individual" : FieldRules.CheckName(person.Name), who);
        Add("email", person.Email is { } email ? FieldRules.CheckEmail(email) : null, "the e-mail address");
        Add("phone", person.Phone is { } phone ? FieldRules.CheckPhone(phone) : null, "the telephone number");

        void Add(string field, string? what, string subject)
        {
            if (what is not null)
            {
                faults.Add(new FieldFault(prefix + field, $"{subject} {what}"));
            }
        }
    }

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
