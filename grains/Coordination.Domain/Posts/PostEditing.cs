using Coordination.Domain.Accounts;
using Coordination.Domain.Platforms;
using Coordination.Domain.Review;

namespace Coordination.Domain.Posts;

/// <summary>Changing a post that is out at its platform. Such a change is a post like any other to rules, approvals, holds and permits; it goes out over the one that it changes.</summary>
public static class PostEditing
{
    /// <summary>Whether a platform lets a program change what is out, so that its readers see that it was changed.</summary>
    public static bool On(Platform platform) => platform == Platform.Mastodon;

    /// <summary>Whether this is a post that has gone out over another one.</summary>
    public static bool IsOut(Post post) => post is { State: PostState.Published, About.InPlace: true };

    /// <summary>The words that a post shows at its platform now: its own, or those of the last change that went out over it.</summary>
    /// <param name="state">The account.</param>
    /// <param name="post">The post.</param>
    public static string TextNow(AccountState state, Post post) => LastOut(state, post.Id)?.Text ?? post.Text;

    /// <summary>Finds what a change goes out over, and whether it may.</summary>
    /// <param name="state">The account.</param>
    /// <param name="text">The new words.</param>
    /// <param name="about">What is said of the change.</param>
    /// <returns>What is said of it, with the post that it changes; or why it cannot be made.</returns>
    public static (PostAbout? About, Refusal? Refusal) Aim(AccountState state, string text, PostAbout? about)
    {
        if (about is not { InPlace: true })
        {
            return (about, null);
        }

        if (about.Corrects is not { } named)
        {
            return (null, new Refusal("edit-of-nothing", "A change in place names the post that it changes. Nothing was scheduled. Give its id, or send it as a post of its own."));
        }

        if (!On(state.Key.Platform))
        {
            return (null, new Refusal("edit-not-there", $"{state.Key.Platform.Name} lets no program change a post that is out, so nothing was scheduled for {state.Key}. Write a correction instead, or have the post removed."));
        }

        if (about.Images.Count > 0 || about.Thread.Count > 0)
        {
            return (null, WordsOnly(state.Key, about));
        }

        // Whoever changes a change means the post itself.
        var first = state.Find(named) is { About: { InPlace: true, Corrects: { } root } } ? state.Find(root) : state.Find(named);
        if (first is null)
        {
            return (null, new Refusal("edit-too-old", $"The post {named} is not among the last ones that the account {state.Key} keeps at hand. Nothing was scheduled. Write a correction instead.", RefusalKind.Conflict));
        }

        return MayChange(state, first, null) is { } refusal ? (null, refusal)
            : string.Equals(TextNow(state, first), text, StringComparison.Ordinal)
                ? (null, new Refusal("edit-same", $"The post on {state.Key} reads like that already. Nothing was scheduled.", RefusalKind.Conflict))
                : (about with { Corrects = first.Id, Target = first.RemoteId }, null);
    }

    /// <summary>Whether a change that waited, or that failed, may still go out.</summary>
    /// <param name="state">The account.</param>
    /// <param name="change">The change.</param>
    /// <returns>Null when it may, or when it is no change of another post.</returns>
    public static Refusal? MayStill(AccountState state, Post change) =>
        change is { About: { InPlace: true, Corrects: { } id } } && state.Find(id) is { } first
            ? MayChange(state, first, change.Id)
                ?? (state.Posts.SkipWhile(p => p.Id != change.Id).Skip(1).Any(p => IsOut(p) && p.About!.Corrects == id)
                    ? new Refusal("edit-overtaken", $"The post on {state.Key} was changed again since this change was written. Nothing was sent. Write it anew.", RefusalKind.Conflict)
                    : null)
            : null;

    /// <summary>The changes of a post that are out: they are gone with it.</summary>
    public static IEnumerable<Post> OutOver(AccountState state, PostId first) => state.Posts.Where(p => IsOut(p) && p.About!.Corrects == first);

    /// <summary>Why a change in place has neither images nor further parts.</summary>
    public static Refusal WordsOnly(AccountKey account, PostAbout about) => new(
        "edit-words-only", $"A change in place changes the words alone, and this one for {account} has {(about.Images.Count > 0 ? "images" : "further parts")}. Nothing was scheduled. Leave them out: the images of the post stay as they are.");

    private static Refusal? MayChange(AccountState state, Post first, PostId? self)
    {
        if (first.Parts > 1)
        {
            return new Refusal("edit-words-only", $"The post {first.Id} on {state.Key} is a thread, which is not changed in place. Nothing was scheduled. Write a correction instead.");
        }

        if (first is not { State: PostState.Published, Removal: null, RemoteId.Length: > 0 })
        {
            return new Refusal("correction-not-out", $"The post {first.Id} on {state.Key} {(first.Removal is null ? first.State.Words() : "is being removed")}, so there is nothing to change at the platform. Nothing was scheduled.", RefusalKind.Conflict);
        }

        // Of two that wait at once nobody could say which words stay.
        return state.Posts.FirstOrDefault(p => p.About is { InPlace: true } about && about.Corrects == first.Id && p.Id != self && (p.State.IsWaiting() || p.State == PostState.Unknown)) is { } other
            ? new Refusal("edit-waiting", $"Another change of this post on {state.Key}, by {other.PosterName}, {(other.State == PostState.Unknown ? "may or may not have gone out" : "has not gone out yet")}. Nothing was scheduled. Change that one, or have it taken back first.", RefusalKind.Conflict)
            : null;
    }

    // One waits at a time, so they go out in the order in which they were written.
    private static Post? LastOut(AccountState state, PostId first) => OutOver(state, first).LastOrDefault();
}
