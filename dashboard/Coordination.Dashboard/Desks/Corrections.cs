using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;
using Coordination.Domain.Review;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Desks;

/// <summary>Says which posts correct which, and what a correction may name.</summary>
public sealed class Corrections(ICorrectionReader reader, IPostReader posts)
{
    /// <summary>What is said of a post, with the post that it corrects on its own account.</summary>
    /// <param name="about">What its writer says; null for nothing.</param>
    /// <param name="account">Where it goes out.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>It, or why it cannot stand.</returns>
    public async Task<(PostAbout? About, Refusal? Refusal)> ResolveAsync(PostAbout? about, AccountKey account, CancellationToken cancellationToken)
    {
        if (about?.Corrects is not { } named)
        {
            return (about, null);
        }

        var (corrects, refusal) = CorrectionRule.Find(named, await reader.FamilyAsync(named, cancellationToken), account);
        return (about with { Corrects = corrects }, refusal);
    }

    /// <summary>The posts that correct a post, the first written first.</summary>
    public async Task<IReadOnlyList<PostRow>> OfAsync(PostId post, CancellationToken cancellationToken)
    {
        var found = new List<PostRow>();
        foreach (var id in await reader.OfAsync(post, cancellationToken))
        {
            if (await posts.FindAsync(id, cancellationToken) is { } row)
            {
                found.Add(row);
            }
        }

        return found;
    }

    /// <summary>What a post reads at its platform now: its own words, or those of the last change that went out over it.</summary>
    public async Task<string> TextNowAsync(PostRow post, CancellationToken cancellationToken) =>
        (await OfAsync(post.About is { InPlace: true, Corrects: { } first } ? first : new PostId(post.Id), cancellationToken)).LastOrDefault(IsOutOver)?.Text ?? post.Text;

    /// <summary>Whether a post has gone out over the one that it corrects.</summary>
    public static bool IsOutOver(PostRow post) => post is { About.InPlace: true, PublishedAt: not null };

    /// <summary>The accounts on which a correction of a post can go out: its own, and those of the same message where it was out.</summary>
    public async Task<IReadOnlyList<AccountKey>> AccountsAsync(PostId post, CancellationToken cancellationToken) =>
        [.. (await reader.FamilyAsync(post, cancellationToken)).Where(p => CorrectionRule.CanBeCorrected(p.State)).Select(p => AccountKey.Parse(p.Account)).Distinct()];
}
