using Coordination.Domain.Accounts;

namespace Coordination.Dashboard.Components.Accounts;

/// <summary>The fields of one person.</summary>
public sealed class PersonFields
{
    /// <summary>Full name.</summary>
    public string Name { get; set; } = "";

    /// <summary>E-mail address.</summary>
    public string Email { get; set; } = "";

    /// <summary>Telephone number.</summary>
    public string Phone { get; set; } = "";

    internal bool IsEmpty => string.IsNullOrWhiteSpace(Name) && string.IsNullOrWhiteSpace(Email) && string.IsNullOrWhiteSpace(Phone);

    internal static PersonFields Of(NamedContact person) => new() { Name = person.Name, Email = person.Email ?? "", Phone = person.Phone ?? "" };

    internal NamedContact ToContact() => new(Name, Email, Phone);
}

/// <summary>A named contact as it is typed: the individual and the deputies.</summary>
public sealed class ContactForm
{
    /// <summary>The individual.</summary>
    public PersonFields Person { get; private init; } = new();

    /// <summary>Who stands in, in order; one empty place is always there to be filled.</summary>
    public List<PersonFields> Deputies { get; private init; } = [new PersonFields()];

    /// <summary>Makes a form of what is on record.</summary>
    public static ContactForm Of(NamedContact? contact) => contact is null
        ? new ContactForm()
        : new ContactForm { Person = PersonFields.Of(contact), Deputies = contact.Deputies is { Count: > 0 } deputies ? [.. deputies.Select(PersonFields.Of)] : [new PersonFields()] };

    /// <summary>Adds an empty place for a deputy.</summary>
    public void AddDeputy() => Deputies.Add(new PersonFields());

    /// <summary>The contact as it would be kept. Empty places go first, so that what is wrong with a deputy is shown beside that deputy.</summary>
    public NamedContact Read()
    {
        Deputies.RemoveAll(d => d.IsEmpty);
        var contact = ContactRules.Tidy(Person.ToContact() with { Deputies = [.. Deputies.Select(d => d.ToContact())] });
        if (Deputies.Count == 0)
        {
            AddDeputy();
        }

        return contact;
    }
}
