namespace Coordination.Domain.Accounts;

/// <summary>The individual whom Comms can contact about an account (order 01/25, 2.1).</summary>
/// <param name="Name">Full name.</param>
/// <param name="Email">Address; null when none is recorded.</param>
/// <param name="Phone">Telephone number as people write it; null when none is recorded.</param>
/// <param name="Deputies">Who stands in, in order.</param>
public sealed record NamedContact(string Name, string? Email = null, string? Phone = null, IReadOnlyList<NamedContact>? Deputies = null);
