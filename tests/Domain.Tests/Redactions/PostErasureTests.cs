using System.Collections.Immutable;
using System.Text.Json;
using Coordination.Domain.Accounts;
using Coordination.Domain.Media;
using Coordination.Domain.Posts;
using Coordination.Domain.Redactions;
using Coordination.Domain.Review;
using Coordination.Domain.Tests.Accounts;
using CsCheck;
using Xunit;

namespace Coordination.Domain.Tests.Redactions;

public sealed class PostErasureTests
{
    private const string Secret = "Xylophone Quill";
    private const string Redaction = "R-000001";

    // Who, where, and what it stands under in another record: evidence, and none of the words.
    private static readonly HashSet<string> Stay = new(["posterId", "posterName", "by", "byName", "remoteId", "url", "holdIds", "target", "rule"], StringComparer.OrdinalIgnoreCase);

    public static TheoryData<string> Events => [.. Kinds.Select(t => t.Name)];

    private static IEnumerable<Type> Kinds => typeof(PostEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(PostEvent)) && t != typeof(PostRedacted));

    private static PostAbout About { get; } = new()
    {
        Topic = PostTopic.Incident, Incident = Secret, Target = "target", Thread = [Secret], PartsOut = [new PartOut("1", null, Given.Now)],
        Answers = new Dictionary<string, string>(StringComparer.Ordinal) { ["legal"] = Secret },
        Images = [new PostImage(new string('a', 64), Secret, default, Secret, default, Secret)],
        Failure = new PostFailure(FailureClass.NeedsYou, FailureCause.SignIn, Given.Now, Secret),
    };

    [Theory]
    [MemberData(nameof(Events))]
    public void Event_KeepsNoWords(string name)
    {
        var change = (PostEvent)Make(Kinds.Single(t => t.Name == name));
        var left = JsonSerializer.SerializeToElement<AccountEvent>(PostErasure.Of(change, Redaction));
        Assert.Equal([], Where(left, "").Where(path => !Stay.Contains(path.Split('.')[^1])));
        Assert.Equal(JsonSerializer.Serialize<AccountEvent>(PostErasure.Of(change, Redaction)), JsonSerializer.Serialize<AccountEvent>(PostErasure.Of(PostErasure.Of(change, Redaction), Redaction)));
    }

    [Fact]
    public void Post_KeepsNoWords_AndAllElse()
    {
        var post = new Post
        {
            Id = Given.Post, Text = Secret, DueAt = Given.Now, Tolerance = TimeSpan.FromMinutes(1), PosterId = "holder", PosterName = "Holder", State = PostState.Removed, CreatedAt = Given.Now,
            Note = Secret, About = About, Review = new PostReview([new ReviewCause("legal", Secret)], true), Return = new PostReturn("a", "A", Secret, Given.Now),
            Removal = new PostRemoval("a", "A", Secret, Given.Now), RemoteId = "1", Url = "https://example.org/1",
        };
        var left = PostErasure.Of(post, Redaction);
        Assert.Equal([], Where(JsonSerializer.SerializeToElement(left), ""));
        Assert.Equal((post.Id, post.PosterName, post.RemoteId, post.Url, post.Parts, post.NextPart, post.State), (left.Id, left.PosterName, left.RemoteId, left.Url, left.Parts, left.NextPart, left.State));
        Assert.Equal("INC-7", PostErasure.Of(post with { About = About with { Incident = "INC-7" } }, Redaction).About!.Incident);
    }

    // So that an account whose entries were erased is still recomputed whole, whatever happened to it.
    [Fact]
    public void WhatIsLeftOfTheEvents_FoldsToWhatIsLeftOfThePost() => Gen.Select(AccountHistory.Commands, Gen.Bool).SampleSeeded(
        input =>
        {
            // Each second history has images and failures in its posts, which random commands have not.
            var events = AccountHistory.Run(input.Item1).SelectMany(s => s.Decision is Decision<AccountEvent>.Accepted a ? a.Events : []).Select(e => input.Item2 ? Enrich(e) : e).ToArray();
            var start = Given.Account(AccountLifecycle.Connected);
            var folded = AccountFold.Fold(start, events);
            return folded.Posts.All(post =>
            {
                var left = AccountFold.Fold(start, events.Select(e => e is PostEvent p && p.PostId == post.Id ? PostErasure.Of(e, Redaction) : e));
                var expected = folded with { Posts = folded.Posts.Replace(post, PostErasure.Of(post, Redaction)) };
                var told = AccountFold.Evolve(left, new PostRedacted(post.Id, Redaction, Given.Now));
                return Json(left) == Json(expected) && Json(told) == Json(expected) && Json(AccountFold.Evolve(folded, new PostRedacted(post.Id, Redaction, Given.Now))) == Json(expected);
            });
        },
        iter: 1_000);

    private static AccountEvent Enrich(AccountEvent change) => change switch
    {
        PostScheduled e => e with { About = new PostAbout { Images = About.Images } },
        PostRescheduled e when e.PosterId.Length % 2 == 0 => e with { About = new PostAbout { Images = About.Images } },
        PostNotSent e => e with { Failure = About.Failure },
        _ => change,
    };

    private static string Json(AccountState state) => JsonSerializer.Serialize(state);

    private static List<string> Where(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => [.. element.EnumerateObject().SelectMany(p => Where(p.Value, $"{path}.{p.Name}"))],
        JsonValueKind.Array => [.. element.EnumerateArray().SelectMany(e => Where(e, path))],
        JsonValueKind.String when element.GetString()!.Contains(Secret, StringComparison.Ordinal) => [path],
        _ => [],
    };

    // Every text is the secret, every list and every detail is there.
    private static object Make(Type type)
    {
        var constructor = type.GetConstructors().Single(c => c.GetParameters() is not [var only] || only.ParameterType != type);
        return constructor.Invoke([.. constructor.GetParameters().Select(p => Value(Nullable.GetUnderlyingType(p.ParameterType) ?? p.ParameterType))]);
    }

    private static object? Value(Type type) => type switch
    {
        _ when type == typeof(string) => Secret,
        _ when type == typeof(PostId) => Given.Post,
        _ when type == typeof(PostAbout) => About,
        _ when type == typeof(PostFailure) => About.Failure,
        _ when type == typeof(PostReview) => new PostReview([new ReviewCause("legal", Secret)], true),
        _ when type == typeof(IReadOnlyList<string>) => ImmutableArray.Create(Secret),
        _ when type.IsValueType => Activator.CreateInstance(type),
        _ => throw new InvalidOperationException($"Say how to make a {type.Name}."),
    };
}
