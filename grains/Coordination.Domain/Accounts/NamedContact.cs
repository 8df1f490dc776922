namespace Coordination.Domain.Accounts;

/// <summary>One person whom Comms can reach about an account.</summary>
/// <param name="Name">The person's name.</param>
/// <param name="Email">E-mail address, when known.</param>
/// <param name="Phone">Telephone number as written, when known.</param>
public sealed record ContactPerson(string Name, string? Email, string? Phone);

/// <summary>
/// The named individual that Comms can contact about an account (order 01/25, section 2.1: "All accounts should have a named
/// individual that Comms can contact"), with deputies.
/// </summary>
/// <param name="Name">The person's name, never empty.</param>
/// <param name="Email">E-mail address; null when only a telephone number is known.</param>
/// <param name="Phone">Telephone number as written; null when only an e-mail address is known.</param>
/// <param name="Deputies">Who to ask next, in order; may be empty.</param>
public sealed record NamedContact(string Name, string? Email, string? Phone, IReadOnlyList<ContactPerson> Deputies)
{
    /// <summary>Equal when every part is, the deputies in order: an import that changes nothing must look like nothing.</summary>
    public bool Equals(NamedContact? other) =>
        other is not null
        && string.Equals(Name, other.Name, StringComparison.Ordinal)
        && string.Equals(Email, other.Email, StringComparison.Ordinal)
        && string.Equals(Phone, other.Phone, StringComparison.Ordinal)
        && Deputies.SequenceEqual(other.Deputies);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Email, Phone, Deputies.Count);
}
