using System.Globalization;
using System.Text.Json.Serialization;
using Coordination.Dashboard.Desks;
using Coordination.Dashboard.SignIn;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.Drafts;
using Coordination.Domain.People;
using Coordination.Domain.Review;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/drafts</c>: what people write at. Nothing of it goes out.</summary>
public static class DraftsApi
{
    private static readonly Permission[] Publish = [Permission.PublishLocal, Permission.PublishCorporate];

    /// <summary>Maps the routes.</summary>
    public static void MapDrafts(this IEndpointRouteBuilder api)
    {
        api.MapGet("/drafts", ListAsync).RequirePermission(Publish)
            .WithSummary("Your drafts, and those of others on accounts that are all yours to publish on; saved last first.").Produces<ListDto<DraftDto>>();
        api.MapGet("/drafts/{id}", FindAsync).RequirePermission(Publish)
            .WithSummary("One draft, with words that somebody wrote over.").Produces<DraftDto>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPut("/drafts/{id}", SaveAsync).RequirePermission(Publish)
            .WithSummary("Keeps a draft under an id of your choice; with the 'revision' that was read, changes it. Repeating the same request is safe. When somebody else was quicker, the answer holds their draft.")
            .Produces<DraftDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapDelete("/drafts/{id}", DiscardAsync).RequirePermission(Publish)
            .WithSummary("Discards a draft, given the ?revision= that was read.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ListAsync(HttpContext context, IDraftDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ListDto<DraftDto>([.. (await desk.ListAsync(context.User.Actor(), cancellationToken)).Select(DraftDto.Of)], null));

    private static async Task<IResult> FindAsync(string id, HttpContext context, IDraftDesk desk, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var draft) ? Answer(await desk.FindAsync(draft, context.User.Actor(), cancellationToken)) : Problems.Of(NoId(id));

    private static async Task<IResult> SaveAsync(string id, DraftRequest request, HttpContext context, IDraftDesk desk, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var draft))
        {
            return Problems.Of(NoId(id));
        }

        var unfit = AboutInput.Read(request, out var about);
        if ((InputTime.Read(request.DueAt, "dueAt", out var dueAt) ?? unfit) is { } refusal)
        {
            return Problems.Of(refusal);
        }

        if (DraftPlanInput.Read(request, out var plan) is { } unplanned)
        {
            return Problems.Of(unplanned);
        }

        if (VariantsInput.Read(request.Variants, out var variants) is { } unknown)
        {
            return Problems.Of(unknown);
        }

        var keys = new List<AccountKey>();
        foreach (var account in (request.Accounts ?? []).Distinct(StringComparer.Ordinal))
        {
            if (!AccountKey.TryParse(account, out var key))
            {
                return Problems.Of(Unknown.Account(account ?? ""));
            }

            keys.Add(key);
        }

        return Answer(await desk.SaveAsync(
            draft, request.Revision ?? 0, new DraftContent(request.Text ?? "", keys, dueAt, about ?? PostAbout.Nothing) { Variants = variants, Line = request.Line, Plan = plan }, context.User.Actor(), cancellationToken));
    }

    private static async Task<IResult> DiscardAsync(string id, string? revision, HttpContext context, IDraftDesk desk, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var draft))
        {
            return Problems.Of(NoId(id));
        }

        return int.TryParse(revision, NumberStyles.None, CultureInfo.InvariantCulture, out var read)
            ? (await desk.DiscardAsync(draft, read, context.User.Actor(), cancellationToken)).Refusal is { } why ? Problems.Of(why) : TypedResults.NoContent()
            : Problems.Of(new Refusal("revision-missing", "Give the 'revision' of the draft that you read, as ?revision=. Nothing was discarded."));
    }

    private static IResult Answer(DraftResult result) => result switch
    {
        { Refusal: { Kind: RefusalKind.Conflict } why, Draft: { } theirs } => Problems.Of(
            Problems.Status(why.Kind), why.Code, why.Reason, new Dictionary<string, object?>(StringComparer.Ordinal) { ["draft"] = DraftDto.Of(theirs) }),
        { Refusal: { } why } => Problems.Of(why),
        _ => TypedResults.Ok(DraftDto.Of(result.Draft!)),
    };

    private static Refusal NoId(string id) => new(
        "draft-unknown", $"'{(id.Length > 60 ? id[..60] : id)}' is no id of a draft. Nothing was changed. It is a UUID of your choice.", RefusalKind.NotFound);
}

/// <summary>A draft.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Revision">To be given with a change.</param>
/// <param name="Text">The text, as far as it is.</param>
/// <param name="Accounts">Where it would go out.</param>
/// <param name="DueAt">When; left out for now, or not known yet.</param>
/// <param name="Topic">What it is about.</param>
/// <param name="Incident">The incident's reference; left out when there is none.</param>
/// <param name="Reasons">Why it may go out all the same, by content rule; left out when nothing is said.</param>
/// <param name="Images">Its images, as far as they are described; left out when there are none.</param>
/// <param name="Variants">Other words for single platforms, by platform id; left out when there are none.</param>
/// <param name="Corrects">The id of the post that it corrects; left out when it corrects none.</param>
/// <param name="InPlace">True when it is to change that post at the platform itself; left out otherwise.</param>
/// <param name="Thread">The further parts of a thread; left out when there are none.</param>
/// <param name="Line">Id of the hold whose agreed line it is to become; left out for an ordinary message.</param>
/// <param name="ToleranceSeconds">How late it may still go out; left out for the usual.</param>
/// <param name="Slot">"next" when it is to go into each account's next free queue slot; left out otherwise.</param>
/// <param name="Repeat">How it is to come back; left out when it goes out once.</param>
/// <param name="Writer">Name of who began it.</param>
/// <param name="SavedBy">Name of who saved it last.</param>
/// <param name="SavedAt">When.</param>
/// <param name="Former">Words that somebody wrote over, newest first; left out when there are none, and in a list.</param>
public sealed record DraftDto(
    Guid Id,
    int Revision,
    string Text,
    IReadOnlyList<string> Accounts,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? DueAt,
    string Topic,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Incident,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string>? Reasons,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ImageDto>? Images,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string>? Variants,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Corrects,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool InPlace,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Thread,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Line,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? ToleranceSeconds,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Slot,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DraftRepeatDto? Repeat,
    string Writer,
    string SavedBy,
    DateTimeOffset SavedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<FormerWordsDto>? Former)
{
    /// <summary>Makes it.</summary>
    public static DraftDto Of(Draft draft) => new(
        draft.Id,
        draft.Revision,
        draft.Content.Text,
        [.. draft.Content.Accounts.Select(a => a.Value)],
        draft.Content.DueAt,
        draft.Content.About.Topic.Id(),
        draft.Content.About.Incident,
        draft.Content.About.Answers is { Count: > 0 } answers ? answers : null,
        ImageDto.Of(draft.Content.About.Images),
        draft.Content.Variants is { Count: > 0 } variants ? variants : null,
        draft.Content.About.Corrects?.Value,
        draft.Content.About.InPlace,
        draft.Content.About.Thread is { Count: > 0 } thread ? thread : null,
        draft.Content.Line,
        (int?)draft.Content.Plan.Tolerance?.TotalSeconds,
        draft.Content.Plan.NextSlot ? "next" : null,
        draft.Content.Plan.Repeat is { } repeat ? new DraftRepeatDto(repeat.Rule, repeat.SkipHolidays) : null,
        draft.WriterName,
        draft.SavedByName,
        draft.SavedAt,
        draft.Former.Count == 0 ? null : [.. draft.Former.Select(f => new FormerWordsDto(f.Text, f.ByName, f.At))]);
}

/// <summary>Somebody's words that another wrote over.</summary>
/// <param name="Text">The words.</param>
/// <param name="By">Name of whose they are.</param>
/// <param name="At">From when.</param>
public sealed record FormerWordsDto(string Text, string By, DateTimeOffset At);

/// <summary>How a draft is to come back.</summary>
/// <param name="Rule">The rule (RRULE), as far as it is.</param>
/// <param name="SkipHolidays">Whether bank holidays are left out.</param>
public sealed record DraftRepeatDto(string Rule, bool SkipHolidays);
