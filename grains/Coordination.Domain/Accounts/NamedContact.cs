namespace Coordination.Domain.Accounts;

/// <summary>The individual whom Comms can contact about an account (order 01/25, 2.1).</summary>
/// <param name="Name">Full name.</param>
/// <param name="Email">Address; null when none is recorded.</param>
/// <param name="Phone">Telephone number as people write it; null when none is recorded.</param>
/// <param name="Deputies">Who stands in, in order.</param>
public sealed record NamedContact(string Name, string? Email = null, string? Phone = null, IReadOnlyList<NamedContact>? Deputies = null)
{
    /// <summary>Equal when every part is, the deputies in order: no deputies and an empty list are the same.</summary>
    public bool Equals(NamedContact? other) =>
        other is not null
        && string.Equals(Name, other.Name, StringComparison.Ordinal)
        && string.Equals(Email, other.Email, StringComparison.Ordinal)
        && string.Equals(Phone, other.Phone, StringComparison.Ordinal)
        && (Deputies ?? []).SequenceEqual(other.Deputies ?? []);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Email, Phone, Deputies?.Count ?? 0);
}
