using Coordination.Domain.Accounts;

namespace Coordination.Domain.Notices;

/// <summary>Somebody to be told, with every account that they are a contact or a deputy of.</summary>
/// <param name="Address">Normalised e-mail address; null when none is recorded.</param>
/// <param name="Name">Their name, as the first of their accounts has it.</param>
/// <param name="Accounts">Their accounts, by key.</param>
public sealed record NoticePerson(string? Address, string Name, IReadOnlyList<AccountSummary> Accounts);

/// <summary>Turns accounts with contacts into people with accounts: each person once.</summary>
public static class NoticePeople
{
    /// <summary>The people of some accounts, by the first account of each, contacts before deputies.</summary>
    /// <remarks>
    /// One address is one person, whatever name stands beside it. Without an address people are told apart by their names: who has
    /// an address on one account and none on another is listed twice, because two people may have one name.
    /// </remarks>
    public static IReadOnlyList<NoticePerson> Of(IEnumerable<AccountSummary> accounts)
    {
        var order = new List<(string Key, string? Address, string Name)>();
        var theirs = new Dictionary<string, List<AccountSummary>>(StringComparer.Ordinal);
        foreach (var account in accounts.Where(a => a.Lifecycle != AccountLifecycle.Retired).OrderBy(a => a.Key))
        {
            foreach (var person in People(account))
            {
                var address = Normalise(person.Email);
                var key = address ?? "/" + person.Name.Trim().ToUpperInvariant();
                if (!theirs.TryGetValue(key, out var list))
                {
                    theirs[key] = list = [];
                    order.Add((key, address, person.Name.Trim()));
                }

                // A deputy of their own account is told of it once.
                if (list.Count == 0 || list[^1].Key != account.Key)
                {
                    list.Add(account);
                }
            }
        }

        return [.. order.Select(o => new NoticePerson(o.Address, o.Name, theirs[o.Key]))];
    }

    /// <summary>An address as it is compared: no spaces around it, small letters throughout. Null for none.</summary>
    /// <remarks>Mail servers may tell capitals apart before the @ (RFC 5321, 2.4); none that people use does.</remarks>
    public static string? Normalise(string? address) => string.IsNullOrWhiteSpace(address) ? null : address.Trim().ToLowerInvariant();

    private static IEnumerable<NamedContact> People(AccountSummary account) =>
        account.Contact is not { } contact ? [] : new[] { contact }.Concat(contact.Deputies ?? []).Where(p => p.Name.Length > 0 || p.Email is not null);
}
