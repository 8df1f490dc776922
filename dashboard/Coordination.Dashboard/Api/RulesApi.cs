using System.Globalization;
using System.Text.Json.Serialization;
using Coordination.Content;
using Coordination.Dashboard.Desks;
using Coordination.Dashboard.SignIn;
using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Domain.Review;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/rules</c>: what findings do, who approves what, and how near is too near.</summary>
public static class RulesApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapRules(this IEndpointRouteBuilder api)
    {
        api.MapGet("/rules", ReadAsync).RequirePermission(Permission.Read)
            .WithSummary("The publishing rules as they are.").Produces<RulesDto>();
        api.MapPut("/rules", SaveAsync).RequirePermission(Permission.ManageRules)
            .WithSummary("Sets the publishing rules, given the 'version' that was read. Repeating the same request is safe.")
            .Produces<RulesDto>().ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ReadAsync(IRulesDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(RulesDto.Of(await desk.ReadAsync(cancellationToken)));

    private static async Task<IResult> SaveAsync(RulesRequest request, HttpContext context, IRulesDesk desk, CancellationToken cancellationToken)
    {
        if (Read(request, out var rules) is { } refusal)
        {
            return Problems.Of(refusal);
        }

        var answer = await desk.SaveAsync(rules, request.Version!.Value, context.User.Actor(), cancellationToken);
        return answer.Refusal is { } why ? Problems.Of(why) : TypedResults.Ok(RulesDto.Of(answer.Rules!));
    }

    private static bool TryTime(string? text, out TimeOnly time) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    private static Refusal? Read(RulesRequest request, out PublishingRules rules)
    {
        rules = PublishingRules.Default;
        if (request.Version is null)
        {
            return new Refusal("version-missing", "'version' is missing. Nothing was changed. Give the version of the rules that you read.");
        }

        var content = new Dictionary<string, ContentAct>(StringComparer.Ordinal);
        foreach (var (rule, act) in request.Content ?? new Dictionary<string, string?>(StringComparer.Ordinal))
        {
            if (!Words.TryParse(act, out ContentAct parsed))
            {
                return new Refusal("rule-act-unknown", $"'{rule}' is to do none of warn, reason and comms. Nothing was changed.");
            }

            content[rule] = parsed;
        }

        var approvals = new List<ApprovalRule>();
        foreach (var rule in request.Approvals ?? [])
        {
            if (rule?.For is null || !Words.TryParse(rule.Need, out ApprovalNeed need))
            {
                return new Refusal("approval-need-unknown", "A rule about approval names whom it is 'for', and 'need' as none, one or two. Nothing was changed.");
            }

            approvals.Add(new ApprovalRule(rule.For, need, [.. (rule.Approvers ?? []).Select(a => a ?? "")]));
        }

        rules = new PublishingRules { Content = content, Approvals = approvals, ClashMinutes = request.ClashMinutes ?? rules.ClashMinutes };
        if (request.Quiet is not { } quiet)
        {
            return null;
        }

        if (!TryTime(quiet.From, out var from) || !TryTime(quiet.To, out var to) || !Words.TryParse(quiet.Act, out ContentAct kept))
        {
            return new Refusal("quiet-not-understood", "'quiet' has 'from' and 'to' as times on a wall in London, like 22:00, and 'act' as warn, reason or comms. Nothing was changed. Equal times mean never.");
        }

        rules = rules with { Quiet = new QuietHours(from, to, kept) };
        return null;
    }
}

/// <summary>The publishing rules.</summary>
/// <param name="Content">Every content rule, with what its findings do.</param>
/// <param name="Approvals">Who approves what.</param>
/// <param name="ClashMinutes">Posts due within so many minutes of each other clash.</param>
/// <param name="Quiet">The quiet hours.</param>
/// <param name="Version">To be given with a change; 0 before the first.</param>
/// <param name="SavedAt">When they were set as they are (UTC); left out before the first change.</param>
/// <param name="SavedBy">Name of who set them.</param>
public sealed record RulesDto(
    IReadOnlyList<ContentRuleDto> Content,
    IReadOnlyList<ApprovalRuleDto> Approvals,
    int ClashMinutes,
    QuietHoursDto Quiet,
    long Version,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? SavedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SavedBy)
{
    /// <summary>Makes it.</summary>
    public static RulesDto Of(KeptRules kept) => new(
        [.. ContentCheck.Rules.Select(r => new ContentRuleDto(r.Id, r.Title, r.Paragraph, Words.Of(kept.Rules.ActOf(r.Id, r.Usual)), Words.Of(r.Usual), r.Asks))],
        [.. kept.Rules.Approvals.Select(a => new ApprovalRuleDto(a.For, Words.Of(a.Need), a.Approvers))],
        kept.Rules.ClashMinutes,
        QuietHoursDto.Of(kept.Rules.Quiet),
        kept.Version,
        kept.SavedAt,
        kept.SavedByName);
}

/// <summary>The quiet hours.</summary>
/// <param name="From">When they begin, on a wall in London.</param>
/// <param name="To">When they end; equal to <paramref name="From"/>: never.</param>
/// <param name="Act">What is done about a post that is planned for them: <c>warn</c>, <c>reason</c> or <c>comms</c>.</param>
public sealed record QuietHoursDto(string? From, string? To, string? Act)
{
    /// <summary>Makes it.</summary>
    public static QuietHoursDto Of(QuietHours quiet) => new(
        quiet.From.ToString("HH:mm", CultureInfo.InvariantCulture), quiet.To.ToString("HH:mm", CultureInfo.InvariantCulture), Words.Of(quiet.Act));
}

/// <summary>A content rule and what its findings do.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Title">What it finds.</param>
/// <param name="Paragraph">The order's paragraph.</param>
/// <param name="Act">What its findings do: <c>warn</c>, <c>reason</c> or <c>comms</c>.</param>
/// <param name="Usual">What they do unless it is set.</param>
/// <param name="Asks">What whoever writes is asked, where a reason is asked for.</param>
public sealed record ContentRuleDto(string Rule, string Title, string Paragraph, string Act, string Usual, string Asks);

/// <summary>Who approves the posts of some accounts.</summary>
/// <param name="For"><c>corporate</c>, <c>local</c>, or an account's key.</param>
/// <param name="Need"><c>none</c>, <c>one</c> or <c>two</c>.</param>
/// <param name="Approvers">Staff ids of those who may besides Comms.</param>
public sealed record ApprovalRuleDto(string? For, string? Need, IReadOnlyList<string?>? Approvers);
