using System.Text.Json;
using Coordination.Testing;

namespace Coordination.Content.Tests;

/// <summary>A post with what a careful officer of Comms would say about it; labelled before there was a rule.</summary>
internal sealed record LabelledPost(int Id, string Part, string Text, IReadOnlyList<string> Labels, string? Note)
{
    /// <summary>The half that was looked at while the rules were written.</summary>
    public const string Open = "open";

    /// <summary>The half that was not.</summary>
    public const string HeldOut = "held-out";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<LabelledPost> All { get; } =
        [.. File.ReadLines(Repository.In("tests", "Content.Tests", "posts.jsonl")).Select(line => JsonSerializer.Deserialize<LabelledPost>(line, JsonSerializerOptions.Web)!)];
}
