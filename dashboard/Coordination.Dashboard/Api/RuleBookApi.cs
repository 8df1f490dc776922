using System.Text.Json;
using System.Text.Json.Serialization;
using Coordination.Dashboard.Incidents;
using Coordination.Dashboard.SignIn;
using Coordination.Domain;
using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.People;
using Coordination.Storage.Incidents;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/incidents/rules</c>: the rules about incidents, their draft, and the two who change them.</summary>
public static class RuleBookApi
{
    // A rule of a kind that is not known, or a field that is misspelt, is refused: it would be a rule that nobody wrote.
    private static readonly JsonSerializerOptions s_strict = Strict();

    /// <summary>Maps the routes.</summary>
    public static void MapRuleBook(this IEndpointRouteBuilder api)
    {
        api.MapGet("/incidents/rules", ReadAsync).RequirePermission(Permission.ReadIncidents)
            .WithSummary("The rules about incidents in force, each also in words; the draft, what it would change, and what is wrong with it.").Produces<RuleBookDto>();
        api.MapGet("/incidents/rules/versions", VersionsAsync).RequirePermission(Permission.ReadIncidents)
            .WithSummary("The versions that came into force, the newest first, with the two who did it.").Produces<ListDto<RuleBookVersionDto>>();
        api.MapGet("/incidents/rules/versions/{version}", VersionAsync).RequirePermission(Permission.ReadIncidents)
            .WithSummary("One of them: its rules.").Produces<RuleSetDto>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPut("/incidents/rules/draft", SaveAsync).RequirePermission(Permission.ManageRules)
            .WithSummary("Keeps the draft, given the 'revision' that was read (0 begins one). One with faults is kept, and cannot come into force.")
            .Produces<RuleBookDto>().ProducesProblem(StatusCodes.Status409Conflict);
        Step(api, "ask", DraftStep.Ask, Permission.ManageRules, "Asks to make the draft the version in force, with a reason. It cannot be changed until a second person has decided.");
        Step(api, "activate", DraftStep.Activate, Permission.ConfirmRules, "The second, different person: the draft is the version in force from now on, on every host.");
        Step(api, "decline", DraftStep.Decline, Permission.ConfirmRules, "The draft stays a draft, with the reason.");
        Step(api, "discard", DraftStep.Discard, Permission.ManageRules, "Throws the draft away.");
    }

    private static void Step(IEndpointRouteBuilder api, string name, DraftStep step, Permission permission, string summary) =>
        api.MapPost($"/incidents/rules/draft/{name}", async (DraftStepRequest? request, HttpContext context, RuleBookDesk desk, CancellationToken cancellationToken) =>
                request?.Revision is not { } revision
                    ? Problems.Of(RevisionMissing)
                    : Answer(await desk.StepAsync(step, revision, request.Reason, context.User.Actor(), cancellationToken)))
            .RequirePermission(permission).WithSummary(summary).Produces<RuleBookDto>().ProducesProblem(StatusCodes.Status409Conflict);

    private static Refusal RevisionMissing => new("revision-missing", "'revision' is missing. Nothing was changed. Give the revision of the draft that you read; 0 begins one.");

    private static async Task<IResult> ReadAsync(RuleBookDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(RuleBookDto.Of(await desk.ReadAsync(cancellationToken)));

    private static async Task<IResult> VersionsAsync(IRuleBookStore store, CancellationToken cancellationToken) => TypedResults.Ok(new ListDto<RuleBookVersionDto>(
        [.. (await store.VersionsAsync(cancellationToken)).Select(v => new RuleBookVersionDto(v.Version, v.ActivatedAt, v.AskedBy, v.Reason, v.ConfirmedBy, v.Note))], null));

    private static async Task<IResult> VersionAsync(string version, IRuleBookStore store, CancellationToken cancellationToken) =>
        int.TryParse(version, System.Globalization.CultureInfo.InvariantCulture, out var number) && await store.FindAsync(number, cancellationToken) is { } book
            ? TypedResults.Ok(RuleSetDto.Of(book.Version, book.Rules))
            : Problems.Of(new Refusal("rules-version-unknown", "The rules have no such version. GET /api/incidents/rules/versions lists them.", RefusalKind.NotFound));

    private static async Task<IResult> SaveAsync(RuleDraftRequest request, HttpContext context, RuleBookDesk desk, CancellationToken cancellationToken)
    {
        if (request.Revision is not { } revision)
        {
            return Problems.Of(RevisionMissing);
        }

        IReadOnlyList<IncidentRule>? rules;
        try
        {
            rules = request.Rules.ValueKind == JsonValueKind.Array ? request.Rules.Deserialize<IReadOnlyList<IncidentRule>>(s_strict) : null;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            var path = (e as JsonException)?.Path ?? "$";
            return Problems.Of(new Refusal("rules-malformed", $"The rules cannot be read, at {path}. Nothing was saved. GET /api/incidents/rules shows the form; a condition names its 'kind'."));
        }

        return rules is null || rules.Any(r => r is null)
            ? Problems.Of(new Refusal("rules-malformed", "'rules' is missing, or has an empty place. Nothing was saved."))
            : Answer(await desk.SaveAsync(rules, revision, context.User.Actor(), cancellationToken));
    }

    private static IResult Answer(RuleBookAnswer answer) => answer switch
    {
        { View: { } view } => TypedResults.Ok(RuleBookDto.Of(view)),
        { Refusal: { } refusal, Faults.Count: > 0 } => Problems.Of(
            Problems.Status(refusal.Kind), refusal.Code, refusal.Reason, new Dictionary<string, object?>(StringComparer.Ordinal) { ["faults"] = answer.Faults.Select(f => new CapFaultDto(f.Path, f.What)) }),
        _ => Problems.Of(answer.Refusal!),
    };

    internal static JsonElement Json(IReadOnlyList<IncidentRule> rules) => JsonSerializer.SerializeToElement(rules, s_strict);

    private static JsonSerializerOptions Strict()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            AllowDuplicateProperties = false,
            AllowOutOfOrderMetadataProperties = true,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            MaxDepth = 32,
            PropertyNameCaseInsensitive = false,
            RespectNullableAnnotations = true,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        };
        options.Converters.Add(new StorableTextConverter());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}

/// <summary>A change of the draft.</summary>
/// <param name="Revision">The revision that was read; 0 begins a draft.</param>
/// <param name="Rules">All its rules.</param>
public sealed record RuleDraftRequest(int? Revision, JsonElement Rules);

/// <summary>A step of the draft.</summary>
/// <param name="Revision">The revision that was read.</param>
/// <param name="Reason">Why.</param>
public sealed record DraftStepRequest(int? Revision, string? Reason);

/// <summary>The rules about incidents.</summary>
/// <param name="Current">Those in force.</param>
/// <param name="Draft">The draft; left out when there is none.</param>
public sealed record RuleBookDto(RuleSetDto Current, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RuleDraftDto? Draft)
{
    /// <summary>Makes it.</summary>
    public static RuleBookDto Of(RuleBookView view) => new(
        RuleSetDto.Of(view.Current.Version, view.Current.Rules),
        view.Draft is not { } draft
            ? null
            : new RuleDraftDto(
                draft.Revision,
                draft.BasedOn,
                draft.ChangedAt,
                draft.ChangedBy,
                RuleBookApi.Json(draft.Rules),
                [.. view.Changes.Select(c => c.Words)],
                [.. view.Faults.Select(f => new CapFaultDto(f.Path, f.What))],
                draft.Asked is { } asked ? new RuleAskDto(asked.By, asked.ByName, asked.At, asked.Reason) : null,
                draft.Declined));
}

/// <summary>A set of rules.</summary>
/// <param name="Version">Its number; 1 is the shipped one.</param>
/// <param name="Rules">The rules.</param>
/// <param name="Words">Each of them in words, by priority.</param>
public sealed record RuleSetDto(int Version, JsonElement Rules, IReadOnlyList<string> Words)
{
    /// <summary>Makes one.</summary>
    public static RuleSetDto Of(int version, IReadOnlyList<IncidentRule> rules) =>
        new(version, RuleBookApi.Json(rules), [.. rules.OrderBy(r => r.Priority).Select(r => $"{r.Priority}. {r.Name}: {RuleWords.Of(r)}")]);
}

/// <summary>The draft.</summary>
/// <param name="Revision">To be given with a change or a step.</param>
/// <param name="BasedOn">The version in force when it was begun.</param>
/// <param name="ChangedAt">When it was changed last.</param>
/// <param name="ChangedBy">Name of who changed it last.</param>
/// <param name="Rules">Its rules.</param>
/// <param name="Changes">What it would change, in words; empty while it has faults.</param>
/// <param name="Faults">What keeps it from coming into force.</param>
/// <param name="Asked">Who asks to make it the version in force; left out while nobody does.</param>
/// <param name="Declined">Who declined it last, and why.</param>
public sealed record RuleDraftDto(
    int Revision,
    int BasedOn,
    DateTimeOffset ChangedAt,
    string ChangedBy,
    JsonElement Rules,
    IReadOnlyList<string> Changes,
    IReadOnlyList<CapFaultDto> Faults,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RuleAskDto? Asked,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Declined);

/// <summary>Somebody asks to make the draft the version in force.</summary>
/// <param name="By">Staff id.</param>
/// <param name="ByName">Their name.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
public sealed record RuleAskDto(string By, string ByName, DateTimeOffset At, string Reason);

/// <summary>A version that came into force.</summary>
/// <param name="Version">Its number.</param>
/// <param name="ActivatedAt">When; left out for the shipped one.</param>
/// <param name="AskedBy">Name of who asked.</param>
/// <param name="Reason">Why.</param>
/// <param name="ConfirmedBy">Name of who confirmed.</param>
/// <param name="Note">What they said.</param>
public sealed record RuleBookVersionDto(
    int Version,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? ActivatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AskedBy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ConfirmedBy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Note);
