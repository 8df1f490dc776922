using System.Data.Common;
using Coordination.Contracts;
using Coordination.Domain;
using Coordination.Domain.Media;
using Coordination.Domain.Review;

namespace Coordination.Grains.Accounts;

/// <content>A post's images are kept before the post is.</content>
public sealed partial class AccountGrain
{
    // From here on none of them goes for want of a post, however long this commit takes.
    private async Task<CommandAnswer?> MissingImageAsync(PostAbout? about)
    {
        if (about is not { Images.Count: > 0 and <= ImageRules.Most } || !about.Images.All(i => ImageRules.IsHash(i.Hash)))
        {
            return null;
        }

        try
        {
            return await media.WantAsync([.. about.Images.Select(i => i.Hash)], CancellationToken.None) is [var missing, ..]
                ? new CommandAnswer(CommandOutcome.Refused, Version, new Refusal(
                    "image-unknown", $"The post for {Key} shows an image {missing[..12]}… that is not kept here. Nothing was scheduled. Upload it again."))
                : null;
        }
        catch (Exception exception) when (exception is DbException or TimeoutException)
        {
            throw new StoreUnavailableException($"The database does not answer, so the post on {Key} was not accepted. Nothing was changed. Try again.", exception);
        }
    }
}
