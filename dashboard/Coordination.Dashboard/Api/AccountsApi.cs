using System.Data.Common;
using Coordination.Contracts;
using Coordination.Dashboard.Desks;
using Coordination.Dashboard.Live;
using Coordination.Dashboard.SignIn;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/accounts</c>.</summary>
public static class AccountsApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapAccounts(this IEndpointRouteBuilder api)
    {
        api.MapGet("/accounts", ListAsync).RequirePermission(Permission.Read).Expensive()
            .WithSummary("Lists accounts by key. Each filter may be given several times: any of its values fits.")
            .Produces<ListDto<AccountDto>>();
        api.MapGet("/accounts/{platform}/{handle}", FindAsync).RequirePermission(Permission.Read)
            .WithSummary("One account.").Produces<AccountDto>();
        api.MapGet("/accounts/{platform}/{handle}/posts", PostsAsync).RequirePermission(Permission.Read)
            .WithSummary("An account's posts, latest due first.").Produces<ListDto<PostDto>>();
    }

    private static IResult ListAsync([AsParameters] AccountFilter filter, string? limit, string? cursor, IBoardImages board)
    {
        if ((Paging.Limit(limit, out var size) ?? filter.Check()) is { } refusal)
        {
            return Problems.Of(refusal);
        }

        var after = "";
        if (cursor is not null && !Paging.TryKey(cursor, out after))
        {
            return Problems.Of(Paging.BadCursor);
        }

        if (board.AsOf is null)
        {
            return Problems.Unavailable("not-ready", "The accounts are being loaded. Try again in a moment.");
        }

        var image = board.Image;
        var page = new List<AccountDto>(Math.Min(size, image.Keys.Length));
        string? next = null;
        foreach (var key in image.Keys.Skip(Start(image, after)))
        {
            var row = image.Accounts[key];
            if (!filter.Fits(row))
            {
                continue;
            }

            if (page.Count == size)
            {
                next = Paging.Cursor(page[^1].Key);
                break;
            }

            page.Add(AccountDto.Of(row));
        }

        return TypedResults.Ok(new ListDto<AccountDto>(page, next));
    }

    private static async Task<IResult> FindAsync(
        string platform, string handle, IBoardImages board, IAccountReader reader, CancellationToken cancellationToken)
    {
        if (!AccountKey.TryCreate(platform, handle, out var key))
        {
            return Problems.Of(Unknown.Account($"{platform}/{handle}"));
        }

        var row = board.Image.Accounts.GetValueOrDefault(key);
        try
        {
            // A client that has just changed the account sees its change, whether or not the board was told yet.
            if (await reader.ReadAsync([key.Value], cancellationToken) is [var summary])
            {
                row = new AccountRow(summary, EffectiveLock.Of(key, summary.Labels, board.Holds));
            }
        }
        catch (Exception e) when (row is not null && e is StoreUnavailableException or DbException or TimeoutException)
        {
            // The board's copy is better than nothing.
        }

        return row is null ? Problems.Of(Unknown.Account(key.Value)) : TypedResults.Ok(AccountDto.Of(row));
    }

    private static async Task<IResult> PostsAsync(
        string platform, string handle, string? limit, string? cursor, IBoardImages board, IPostReader posts, CancellationToken cancellationToken)
    {
        if (Paging.Limit(limit, out var size) is { } refusal)
        {
            return Problems.Of(refusal);
        }

        if (!AccountKey.TryCreate(platform, handle, out var key) || !board.Accounts.ContainsKey(key))
        {
            return Problems.Of(Unknown.Account($"{platform}/{handle}"));
        }

        return await PostPages.AnswerAsync(() => posts.OfAccountAsync(key.Value, size, cursor, cancellationToken), board);
    }

    private static int Start(BoardImage image, string after)
    {
        if (after.Length == 0)
        {
            return 0;
        }

        var (low, high) = (0, image.Keys.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(image.Keys[middle].Value, after) <= 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
