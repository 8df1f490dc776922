using System.Data.Common;
using Coordination.Content;
using Coordination.Contracts;
using Coordination.Domain.Accounts;
using Coordination.Domain.Review;
using Coordination.Storage.Review;

namespace Coordination.Grains.Accounts;

/// <summary>Looks a text through by the rules that Comms has set, as they are now.</summary>
public sealed class RuleLook(IRuleBook book, ContentFacts facts)
{
    /// <summary>Looks through what the public will read: the text, the further parts of a thread, and what is said of its images. One that no platform takes is refused anyway, and not looked through.</summary>
    /// <exception cref="StoreUnavailableException">The rules cannot be read: then nothing is accepted.</exception>
    public async Task<ContentLook> AtAsync(AccountKey account, string text, PostAbout? about) =>
        new(await ReadAsync(account), [.. Found(text).Concat(Found(PostAbout.Words("", about))).DistinctBy(f => f.Rule, StringComparer.Ordinal)]);

    /// <summary>The rules alone.</summary>
    /// <exception cref="StoreUnavailableException">They cannot be read.</exception>
    public async Task<PublishingRules> ReadAsync(AccountKey account)
    {
        try
        {
            return (await book.ReadAsync(CancellationToken.None)).Rules;
        }
        catch (Exception exception) when (exception is DbException or TimeoutException)
        {
            throw new StoreUnavailableException($"The database does not answer, so the post on {account} was not accepted. Nothing was changed. Try again.", exception);
        }
    }

    private IReadOnlyList<ContentFound> Found(string words) => words.Length > ContentCheck.LongestText ? [] : ContentLooks.Of(words, facts);
}
