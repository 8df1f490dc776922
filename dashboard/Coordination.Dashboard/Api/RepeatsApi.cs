using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Serialization;
using Coordination.Dashboard.Desks;
using Coordination.Dashboard.Repeats;
using Coordination.Dashboard.SignIn;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Domain.Schedule;
using Coordination.Storage.ReadModel;
using Coordination.Storage.Repeats;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/repeats</c>: posts that come back, as wishes in local time.</summary>
public static class RepeatsApi
{
    private const string WallForm = "yyyy-MM-dd'T'HH:mm";
    private static readonly Permission[] Publish = [Permission.PublishLocal, Permission.PublishCorporate];

    /// <summary>Maps the routes.</summary>
    public static void MapRepeats(this IEndpointRouteBuilder api)
    {
        api.MapGet("/repeats", ListAsync).RequirePermission(Permission.Read)
            .WithSummary("Posts that come back, started last first; with ?owner= those of one person.").Produces<ListDto<RepeatDto>>();
        api.MapGet("/repeats/{id}", FindAsync).RequirePermission(Permission.Read)
            .WithSummary("One repeat, with each of its dates and what became of it.").Produces<RepeatDto>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/repeats/preview", PreviewAsync).RequirePermission(Publish)
            .WithSummary("The dates that a repeat would have, what the clocks and bank holidays make of them, and why it would be refused. Nothing is kept.").Produces<RepeatPreviewDto>();
        api.MapPost("/repeats", StartAsync).RequirePermission(Publish).AddEndpointFilter<IdempotencyKey>()
            .WithSummary("Starts a repeat. Its posts are made about five weeks ahead, by the rights that its owner has then.")
            .Produces<RepeatDto>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/repeats/{id}/stop", StopAsync).RequirePermission([.. Publish, Permission.HandBack])
            .WithSummary("Stops a repeat, for a reason: nothing more is made, and what is made, not due yet and still as written is taken back. Repeating the same request is safe.")
            .Produces<RepeatDto>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(string? owner, string? limit, string? cursor, IRepeatDesk desk, CancellationToken cancellationToken)
    {
        if (Paging.Limit(limit, out var most) is { } refusal)
        {
            return Problems.Of(refusal);
        }

        try
        {
            var page = await desk.ListAsync(owner, most, cursor, cancellationToken);
            return TypedResults.Ok(new ListDto<RepeatDto>([.. page.Items.Select(r => RepeatDto.Of(r.Repeat) with { Next = r.Next })], page.Next));
        }
        catch (BadCursorException)
        {
            return Problems.Of(Paging.BadCursor);
        }
    }

    private static async Task<IResult> FindAsync(string id, IRepeatDesk desk, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var known) && await desk.FindAsync(known, cancellationToken) is { } repeat
            ? TypedResults.Ok(RepeatDto.Of(repeat) with { Dates = [.. repeat.Dates.Select(RepeatDateDto.Of)] })
            : Problems.Of(NotThere(id));

    private static async Task<IResult> PreviewAsync(RepeatRequest request, HttpContext context, IRepeatDesk desk, CancellationToken cancellationToken)
    {
        if (Read(request, out var wish) is { } refusal)
        {
            return Problems.Of(refusal);
        }

        var preview = await desk.PreviewAsync(wish!, context.User.Actor(), cancellationToken);
        return TypedResults.Ok(new RepeatPreviewDto(
            [.. preview.Dates.Take(RepeatRule.MostDates).Select(RepeatForecastDto.Of)],
            preview.Refusal is { } why ? new RefusalDto(why.Code, why.Reason) : null));
    }

    private static async Task<IResult> StartAsync(RepeatRequest request, HttpContext context, IRepeatDesk desk, CancellationToken cancellationToken)
    {
        if (Read(request, out var wish) is { } refusal)
        {
            return Problems.Of(refusal);
        }

        var answer = await desk.StartAsync(wish!, context.User.Actor(), IdempotencyKey.Of(context), cancellationToken);
        return answer switch
        {
            { Refusal: { } why } => Problems.Of(why),
            { Repeat: { } repeat } => TypedResults.Created($"/api/repeats/{repeat.Id:D}", RepeatDto.Of(repeat) with { Dates = [.. repeat.Dates.Select(RepeatDateDto.Of)] }),
            _ => throw new InvalidOperationException("A repeat was started and cannot be found."),
        };
    }

    private static async Task<IResult> StopAsync(string id, ReasonRequest? request, HttpContext context, IRepeatDesk desk, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var known))
        {
            return Problems.Of(NotThere(id));
        }

        var answer = await desk.StopAsync(known, request?.Reason?.Trim() ?? "", context.User.Actor(), cancellationToken);
        return answer.Refusal is { } why ? Problems.Of(why) : TypedResults.Ok(RepeatDto.Of(answer.Repeat!) with { Dates = [.. answer.Repeat!.Dates.Select(RepeatDateDto.Of)] });
    }

    private static Refusal? Read(RepeatRequest request, out RepeatWish? wish)
    {
        wish = null;
        if (AboutInput.Read(request, out var about) is { } unfit)
        {
            return unfit;
        }

        if (!DateTime.TryParseExact(request.First, WallForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var first))
        {
            return new Refusal("time-not-understood", "'first' is no time on a wall. Nothing was started. Write it like 2026-03-02T09:00, without an offset: the zone is 'zone'.");
        }

        var keys = new List<AccountKey>();
        foreach (var text in request.Accounts ?? [])
        {
            if (!AccountKey.TryParse(text, out var key))
            {
                return Unknown.Account(text ?? "null") with { Kind = RefusalKind.Invalid };
            }

            keys.Add(key);
        }

        wish = new RepeatWish
        {
            Text = request.Text ?? "",
            Accounts = keys,
            About = about,
            Rule = request.Rule ?? "",
            First = first,
            Zone = request.Zone ?? WallClock.London,
            Tolerance = PostsApi.Tolerance(request.ToleranceSeconds) ?? PostRules.DefaultTolerance,
            SkipHolidays = request.SkipHolidays ?? false,
        };
        return null;
    }

    private static Refusal NotThere(string id) => new("repeat-unknown", $"There is no repeat '{StorableText.Clean(id, 60)}'. Nothing was changed. GET /api/repeats lists them.", RefusalKind.NotFound);
}

/// <summary>A post that comes back.</summary>
public sealed record RepeatRequest(
    [property: Description("The text, within the limits of every platform it goes to.")] string? Text,
    [property: Description("Account keys, 1 to 50.")] IReadOnlyList<string?>? Accounts,
    [property: Description("When it comes back: the value of an RRULE (RFC 5545) with COUNT or UNTIL; once in an hour at most, 200 characters.")] string? Rule,
    [property: Description("The first date and time on the wall, like 2026-03-02T09:00.")] string? First,
    [property: Description("Where the wall is: a zone's IANA name. Left out: Europe/London.")] string? Zone,
    [property: Description("How late a post may go out, 5 to 86400 seconds. Default 300.")] int? ToleranceSeconds,
    [property: Description("Whether bank holidays of England and Wales are left out. Left out: false.")] bool? SkipHolidays,
    [property: Description("What it is about: general, incident, exercise or event. Left out: general.")] string? Topic = null,
    [property: Description("The incident's reference, for the topic 'incident'.")] string? Incident = null,
    [property: Description("Why it may go out all the same, by the name of each content rule that asks for a reason.")] IReadOnlyDictionary<string, string?>? Reasons = null,
    [property: Description("Its images, in order; each uploaded before to /api/media. Left out: none.")] IReadOnlyList<ImageRequest?>? Images = null,
    [property: Description("The further parts of a thread, in order: 'text' is the first, each answers the one before it. A platform without threads gets all of it as one text. Left out: none.")] IReadOnlyList<string?>? Thread = null) : IAboutRequest;

/// <summary>A post that comes back.</summary>
public sealed record RepeatDto
{
    /// <summary>The id.</summary>
    public required Guid Id { get; init; }

    /// <summary><c>active</c>, <c>halted</c> (by the service, what was made stays) or <c>stopped</c> (by a person).</summary>
    public required string State { get; init; }

    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary>Its accounts' keys.</summary>
    public required IReadOnlyList<string> Accounts { get; init; }

    /// <summary>When it comes back, as it was given.</summary>
    public required string Rule { get; init; }

    /// <summary>The first date and time, on the wall.</summary>
    public required string First { get; init; }

    /// <summary>Where the wall is.</summary>
    public required string Zone { get; init; }

    /// <summary>How late a post may go out, in seconds.</summary>
    public required int ToleranceSeconds { get; init; }

    /// <summary>Whether bank holidays are left out.</summary>
    public required bool SkipHolidays { get; init; }

    /// <summary>Staff id of who started it; its posts go out for them.</summary>
    public required string OwnerId { get; init; }

    /// <summary>Their name.</summary>
    public required string OwnerName { get; init; }

    /// <summary>When it was started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; left out while it goes on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Name of who ended it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? EndedBy { get; init; }

    /// <summary>Why it ended.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Why { get; init; }

    /// <summary>In a list: its next dates, at most three.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DateTimeOffset>? Next { get; init; }

    /// <summary>By itself: each of its dates on each account, soonest first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RepeatDateDto>? Dates { get; init; }

    /// <summary>Makes it.</summary>
    public static RepeatDto Of(Repeat repeat) => new()
    {
        Id = repeat.Id,
        State = RepeatWords.Of(repeat.State),
        Text = repeat.Wish.Text,
        Accounts = [.. repeat.Wish.Accounts.Select(a => a.Value)],
        Rule = repeat.Wish.Rule,
        First = repeat.Wish.First.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture),
        Zone = repeat.Wish.Zone,
        ToleranceSeconds = (int)repeat.Wish.Tolerance.TotalSeconds,
        SkipHolidays = repeat.Wish.SkipHolidays,
        OwnerId = repeat.OwnerId,
        OwnerName = repeat.OwnerName,
        StartedAt = repeat.StartedAt,
        EndedAt = repeat.EndedAt,
        EndedBy = repeat.EndedByName,
        Why = repeat.Why,
    };
}

/// <summary>One date of a repeat on one account.</summary>
/// <param name="Account">The account's key.</param>
/// <param name="Local">The time on the wall.</param>
/// <param name="DueAt">The moment it stands for.</param>
/// <param name="State"><c>planned</c>, <c>made</c>, <c>refused</c> (tried again until its time), <c>skipped</c> (its time passed first), <c>holiday</c>, <c>takenBack</c> or <c>kept</c>.</param>
/// <param name="Why">Why; left out when there is nothing to explain.</param>
/// <param name="PostId">Its post; left out before one was made.</param>
public sealed record RepeatDateDto(
    string Account,
    string Local,
    DateTimeOffset DueAt,
    string State,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Why,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? PostId)
{
    /// <summary>Makes it.</summary>
    public static RepeatDateDto Of(RepeatDate date) => new(
        date.Account.Value,
        date.Local.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture),
        date.DueAt,
        RepeatWords.Of(date.State),
        date.Why,
        date.State is RepeatDateState.Made or RepeatDateState.Kept or RepeatDateState.TakenBack ? date.PostId.Value : null);
}

/// <summary>What a repeat would come to.</summary>
/// <param name="Dates">Its dates, soonest first, as far as they go.</param>
/// <param name="Refusal">Why it would be refused; left out when it would not.</param>
public sealed record RepeatPreviewDto(
    IReadOnlyList<RepeatForecastDto> Dates, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RefusalDto? Refusal);

/// <summary>One date that a repeat would have.</summary>
/// <param name="Local">The time on the wall.</param>
/// <param name="DueAt">The moment it stands for.</param>
/// <param name="Clocks"><c>skipped</c>: the clocks go forward over it, and it counts as the first moment after that; <c>twice</c>: they go back over it, and the first of the two counts; left out otherwise.</param>
/// <param name="Holiday">The bank holiday of that day; left out on any other.</param>
/// <param name="LeftOut">True where it would be left out for the holiday; left out otherwise.</param>
/// <param name="Quiet">True where it lies in the quiet hours of Comms' rules; left out otherwise.</param>
public sealed record RepeatForecastDto(
    string Local,
    DateTimeOffset DueAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Clocks,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Holiday,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool LeftOut,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Quiet)
{
    /// <summary>Makes it.</summary>
    public static RepeatForecastDto Of(RepeatForecast forecast) => new(
        forecast.When.Local.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture),
        forecast.When.At,
        forecast.When.Change switch { ClockChange.Skipped => "skipped", ClockChange.Twice => "twice", _ => null },
        forecast.Holiday,
        forecast.LeftOut,
        forecast.Quiet);
}
