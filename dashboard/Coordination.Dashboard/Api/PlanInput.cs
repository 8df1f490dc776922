using Coordination.Dashboard.Desks;
using Coordination.Dashboard.Live;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;

namespace Coordination.Dashboard.Api;

/// <summary>Where and when something would go out.</summary>
/// <param name="Accounts">On these accounts; each is there.</param>
/// <param name="At">When; null when nothing was said.</param>
/// <param name="Except">A post that does not count against itself.</param>
internal sealed record Plan(IReadOnlyList<AccountKey> Accounts, DateTimeOffset? At, PostId? Except);

/// <summary>Reads where and when something would go out.</summary>
internal static class PlanInput
{
    /// <summary>Reads it.</summary>
    /// <returns>Null when it could be read.</returns>
    public static Refusal? Read(ClashRequest request, IBoard board, out Plan plan)
    {
        plan = new Plan([], null, null);
        if (InputTime.Read(request.At, "at", out var at) is { } refusal)
        {
            return refusal;
        }

        if (request.Accounts is not { Count: > 0 and <= PostDesk.MostAccounts })
        {
            return new Refusal("accounts-missing", $"'accounts' is a list of 1 to {PostDesk.MostAccounts} account keys.");
        }

        var keys = new List<AccountKey>();
        foreach (var account in request.Accounts)
        {
            if (!AccountKey.TryParse(account, out var key) || !board.Accounts.ContainsKey(key))
            {
                return Unknown.Account(account ?? "");
            }

            keys.Add(key);
        }

        PostId? except = null;
        if (request.Except is not null)
        {
            if (!PostId.TryParse(request.Except, out var own))
            {
                return Unknown.Post(request.Except);
            }

            except = own;
        }

        plan = new Plan(keys, at, except);
        return null;
    }
}
