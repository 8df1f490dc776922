using System.Text.Json.Serialization;
using Coordination.Content;
using Coordination.Dashboard.Desks;
using Coordination.Dashboard.SignIn;
using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Domain.Review;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/content/check</c>: what the order asks to be mindful of, looked for in a text. Nothing is kept.</summary>
public static class ContentApi
{
    /// <summary>Maps the route.</summary>
    public static void MapContent(this IEndpointRouteBuilder api) =>
        api.MapPost("/content/check", CheckAsync).RequirePermission(Permission.PublishLocal, Permission.PublishCorporate)
            .WithSummary("Looks a text through for what order 01/25 (3.3) asks to be mindful of. Each finding says what it does by the rules in force. Nothing is kept.")
            .Produces<ContentCheckDto>();

    private static async Task<IResult> CheckAsync(ContentCheckRequest request, ContentFacts facts, IRulesDesk rules, CancellationToken cancellationToken) => request.Text switch
    {
        null => Problems.Of(new Refusal("text-missing", "'text' is missing. Nothing was looked at. Give the text to look through.")),
        { Length: > ContentCheck.LongestText } text => Problems.Of(new Refusal("text-too-long", $"The text has {text.Length} characters; {ContentCheck.LongestText} fit. Nothing was looked at.")),
        var text => TypedResults.Ok(ContentCheckDto.Of(ContentCheck.Look(text, facts), (await rules.ReadAsync(cancellationToken)).Rules)),
    };
}

/// <summary>A text to look through.</summary>
/// <param name="Text">The text.</param>
public sealed record ContentCheckRequest(string? Text);

/// <summary>What was found.</summary>
/// <param name="Findings">In the order of the text; empty when there is nothing.</param>
/// <param name="NotLooked">Names of the rules that could not be asked in time: nothing is known of what they look for.</param>
public sealed record ContentCheckDto(IReadOnlyList<ContentFindingDto> Findings, IReadOnlyList<string> NotLooked)
{
    /// <summary>Makes it.</summary>
    public static ContentCheckDto Of(ContentReading reading, PublishingRules rules) => new([.. reading.Findings.Select(f => ContentFindingDto.Of(f, rules))], [.. reading.NotLooked.Select(r => r.Id)]);
}

/// <summary>One finding.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Title">What was found, in words.</param>
/// <param name="Paragraph">The order's paragraph.</param>
/// <param name="OrderSays">The order's own words.</param>
/// <param name="Advice">What to do now.</param>
/// <param name="Start">First UTF-16 unit in the text, from 0.</param>
/// <param name="Length">UTF-16 units.</param>
/// <param name="Quote">The words.</param>
/// <param name="Act">What it does: <c>warn</c>, <c>reason</c> (asks for one) or <c>comms</c> (Comms reads the post first).</param>
/// <param name="Asks">What whoever writes is asked; left out where it only warns.</param>
public sealed record ContentFindingDto(string Rule, string Title, string Paragraph, string OrderSays, string Advice, int Start, int Length, string Quote,
    string Act, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Asks)
{
    /// <summary>Makes it.</summary>
    public static ContentFindingDto Of(ContentFinding f, PublishingRules rules)
    {
        var act = rules.ActOf(f.Rule.Id, f.Rule.Usual);
        return new(
            f.Rule.Id, f.Rule.Title, f.Rule.Paragraph, f.Rule.OrderSays, f.Rule.Advice, f.Span.Start, f.Span.Length, f.Quote,
            Words.Of(act), act == ContentAct.Warn ? null : f.Rule.Asks);
    }
}
