using System.ComponentModel;
using System.Text.Json.Serialization;
using Coordination.Dashboard.SignIn;
using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Domain.Retention;
using Coordination.Storage.Retention;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/retention</c>: how long each kind of data is kept, what is over its time, and what is kept whatever its age.</summary>
public static class RetentionApi
{
    private const int Runs = 20;
    private const int LongestKey = 120;

    /// <summary>Maps the routes.</summary>
    public static void MapRetention(this IEndpointRouteBuilder api)
    {
        api.MapGet("/retention", ReadAsync).RequirePermission(Permission.ReadJournal)
            .WithSummary("How long each kind of data is kept, by whose decision and why; whether data is taken out by itself; the last runs; what is kept whatever its age.").Produces<RetentionDto>();
        api.MapPut("/retention/categories/{id}", SetAsync).RequirePermission(Permission.ManageRetention)
            .WithSummary("Sets how many days a kind of data is kept, within its bounds. A shortened one switches taking out off, until two have switched it on again.")
            .Produces<RetentionCategoryDto>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/retention/runs", RunAsync).RequirePermission(Permission.ReadJournal).Expensive()
            .WithSummary("Counts what is over its time, and takes nothing out. With act=true it takes out what may go: for who may say how long data is kept, and only while that is switched on. One run at a time over all hosts.")
            .Produces<RetentionRunDto>().ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPut("/retention/switch", SwitchAsync).RequirePermission(Permission.ManageRetention)
            .WithSummary("Has data taken out by itself: on, once another person has asked for it before, else this asks; off at once. Repeating it is safe.").Produces<RetentionSwitchDto>();
        api.MapPost("/retention/keeps", KeepAsync).RequirePermission(Permission.ManageRetention)
            .WithSummary("Keeps the record of an account or an incident whatever its age, for a court, an inquiry or a claim.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/retention/keeps/end", EndKeepAsync).RequirePermission(Permission.ManageRetention)
            .WithSummary("Keeps it no longer.").Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ReadAsync(IRetentionStore store, CancellationToken cancellationToken) => TypedResults.Ok(new RetentionDto(
        [.. (await store.CategoriesAsync(cancellationToken)).Select(RetentionCategoryDto.Of)],
        RetentionSwitchDto.Of(await store.SwitchAsync(cancellationToken)),
        [.. (await store.RunsAsync(Runs, cancellationToken)).Select(RetentionRunDto.Of)],
        [.. (await store.KeepsAsync(cancellationToken)).Select(k => new RecordKeepDto(k.Kind, k.Key, k.Reason, k.KeptAt, k.KeptByName))]));

    private static async Task<IResult> SetAsync(string id, RetentionDaysRequest request, HttpContext context, IRetentionStore store, CancellationToken cancellationToken)
    {
        if (request is not { Days: { } days, Version: { } version })
        {
            return Problems.Of(new Refusal("retention-days-missing", "'days' and the 'version' that was read are needed. Nothing was changed."));
        }

        return !StorableText.Fits(id) ? Problems.Of(RetentionRules.Of("retention-unknown"))
            : await store.SetAsync(id, days, version, request.Reason, context.User.Actor(), cancellationToken) is { } refusal ? Problems.Of(refusal)
            : TypedResults.Ok(RetentionCategoryDto.Of((await store.CategoriesAsync(cancellationToken)).Single(c => string.Equals(c.Id, id, StringComparison.Ordinal))));
    }

    private static async Task<IResult> RunAsync(RetentionRunRequest request, HttpContext context, IRetentionSweep sweep, CancellationToken cancellationToken)
    {
        var answer = await sweep.RunAsync(request.Act ?? false, context.User.Actor(), cancellationToken);
        return answer.Run is { } run ? TypedResults.Ok(RetentionRunDto.Of(run)) : Problems.Of(answer.Refusal!);
    }

    private static async Task<IResult> SwitchAsync(RetentionSwitchRequest request, HttpContext context, IRetentionStore store, CancellationToken cancellationToken) =>
        request.On is not { } on ? Problems.Of(new Refusal("retention-switch-missing", "'on' is missing. Nothing was changed. Say true or false."))
        : await store.SwitchAsync(on, request.Reason, context.User.Actor(), cancellationToken) is { } refusal ? Problems.Of(refusal)
        : TypedResults.Ok(RetentionSwitchDto.Of(await store.SwitchAsync(cancellationToken)));

    private static async Task<IResult> KeepAsync(RecordKeepRequest request, HttpContext context, IRetentionStore store, CancellationToken cancellationToken) =>
        Unfit(request) ?? (await store.KeepAsync(request.Kind!, request.Key!, request.Reason, context.User.Actor(), cancellationToken) is { } refusal ? Problems.Of(refusal) : TypedResults.NoContent());

    private static async Task<IResult> EndKeepAsync(RecordKeepRequest request, HttpContext context, IRetentionStore store, CancellationToken cancellationToken) =>
        Unfit(request) ?? (await store.EndKeepAsync(request.Kind!, request.Key!, request.Reason, context.User.Actor(), cancellationToken) is { } refusal ? Problems.Of(refusal) : TypedResults.NoContent());

    private static IResult? Unfit(RecordKeepRequest request) =>
        request is { Kind: "account" or "incident", Key: { Length: > 0 and <= LongestKey } key } && StorableText.Fits(key) ? null
        : Problems.Of(new Refusal("keep-of-what-missing", "Say which: 'kind' is account or incident, 'key' the account's key or the incident's number. Nothing was changed."));
}

/// <summary>How many days a kind of data is to be kept.</summary>
public sealed record RetentionDaysRequest(
    [property: Description("How many days, within the bounds of its kind.")] int? Days,
    [property: Description("The version that was read.")] long? Version,
    [property: Description("Why; stands in the journal.")] string? Reason);

/// <summary>How to run.</summary>
public sealed record RetentionRunRequest([property: Description("Whether to take out what may go; counts alone when left out.")] bool? Act);

/// <summary>Whether data is to be taken out by itself.</summary>
public sealed record RetentionSwitchRequest(
    [property: Description("Whether it is.")] bool? On,
    [property: Description("Why; stands in the journal.")] string? Reason);

/// <summary>What is to be kept whatever its age.</summary>
public sealed record RecordKeepRequest(
    [property: Description("account or incident.")] string? Kind,
    [property: Description("The account's key, or the incident's number.")] string? Key,
    [property: Description("Why; stands in the journal.")] string? Reason);

/// <summary>How long data is kept.</summary>
/// <param name="Categories">Each kind of data.</param>
/// <param name="Switch">Whether data is taken out by itself.</param>
/// <param name="Runs">The last runs, newest first.</param>
/// <param name="Keeps">What is kept whatever its age.</param>
public sealed record RetentionDto(IReadOnlyList<RetentionCategoryDto> Categories, RetentionSwitchDto Switch, IReadOnlyList<RetentionRunDto> Runs, IReadOnlyList<RecordKeepDto> Keeps);

/// <summary>A kind of data.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">What it is.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="CountsFrom">From when on its time counts.</param>
/// <param name="Action"><c>take</c>, <c>people</c>, <c>itself</c> or <c>keep</c>.</param>
/// <param name="AtExpiry">What happens then.</param>
/// <param name="Ground">Why it is kept, and why no longer.</param>
/// <param name="Days">How long; left out where it is not counted in days.</param>
/// <param name="Least">The fewest days that can be set.</param>
/// <param name="Most">The most.</param>
/// <param name="Version">Counts the changes.</param>
/// <param name="ChangedAt">When it was changed; left out while it is as it came.</param>
/// <param name="ChangedByName">By whom.</param>
/// <param name="Reason">Why.</param>
public sealed record RetentionCategoryDto(
    string Id, string Title, string Owner, string CountsFrom, string Action, string AtExpiry, string Ground,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Days,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Least,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Most,
    long Version,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? ChangedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ChangedByName,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason)
{
    internal static RetentionCategoryDto Of(RetentionCategory c) => new(
        c.Id, c.Title, c.Owner, c.CountsFrom, c.Action, c.AtExpiry, c.Ground, c.Days, c.Least, c.Most, c.Version, c.ChangedAt, c.ChangedByName, c.Reason);
}

/// <summary>Whether data is taken out by itself.</summary>
/// <param name="On">Whether it is; otherwise it is counted.</param>
/// <param name="ChangedAt">When that was changed; left out while it is as it came.</param>
/// <param name="ChangedByName">By whom.</param>
/// <param name="AskedAt">When somebody asked for it; left out when nobody is waiting for a second person.</param>
/// <param name="AskedByName">Who asked.</param>
public sealed record RetentionSwitchDto(
    bool On,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? ChangedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ChangedByName,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? AskedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AskedByName)
{
    internal static RetentionSwitchDto Of(RetentionSwitch s) => new(s.Acts, s.ChangedAt, s.ChangedByName, s.AskedAt, s.AskedByName);
}

/// <summary>One run.</summary>
/// <param name="Id">Its number.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="FinishedAt">When it ended; left out when it was cut short, or goes on.</param>
/// <param name="Acted">Whether it took data out.</param>
/// <param name="ByName">Who ran it.</param>
/// <param name="Due">By kind of data, how much was over its time.</param>
/// <param name="Taken">By kind of data, how much was taken out.</param>
public sealed record RetentionRunDto(
    long Id, DateTimeOffset StartedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? FinishedAt,
    bool Acted, string ByName, IReadOnlyDictionary<string, long> Due, IReadOnlyDictionary<string, long> Taken)
{
    internal static RetentionRunDto Of(RetentionRun r) => new(r.Id, r.StartedAt, r.FinishedAt, r.Acted, r.ByName, r.Counts, r.Taken);
}

/// <summary>What is kept whatever its age.</summary>
/// <param name="Kind"><c>account</c> or <c>incident</c>.</param>
/// <param name="Key">The account's key, or the incident's number.</param>
/// <param name="Reason">Why.</param>
/// <param name="KeptAt">Since when.</param>
/// <param name="KeptByName">By whom.</param>
public sealed record RecordKeepDto(string Kind, string Key, string Reason, DateTimeOffset KeptAt, string KeptByName);
