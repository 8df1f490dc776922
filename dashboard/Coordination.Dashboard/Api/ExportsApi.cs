using System.ComponentModel;
using System.Text.Json.Serialization;
using Coordination.Dashboard.Exports;
using Coordination.Dashboard.SignIn;
using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Storage.Exports;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Mvc;

namespace Coordination.Dashboard.Api;

/// <summary>Exports of the journal.</summary>
public static partial class ExportsApi
{
    private const string Zip = "application/zip";

    /// <summary>Maps the routes.</summary>
    public static void MapExports(this IEndpointRouteBuilder api)
    {
        // Each is an entry of the journal, so a link that somebody follows must not make one.
        api.MapPost("/journal/export", ExportAsync).RequirePermission(Permission.ReadJournal).Expensive()
            .WithSummary("A part of the journal as a ZIP with a manifest, to be checked by itself with verify-export: of one account, one person, one incident, or a period. The journal records who took it and what for.")
            .Produces<byte[]>(contentType: Zip)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithRequestTimeout(new RequestTimeoutPolicy { Timeout = ExportDesk.Patience, TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable });
        api.MapGet("/journal/exports", ListAsync).RequirePermission(Permission.ReadJournal)
            .WithSummary("The last 50 exports that were made: by whom, what for, and whether all of it was sent.").Produces<ListDto<MadeExportDto>>();
    }

    private static async Task<IResult> ExportAsync(
        [AsParameters] ExportParameters asked, HttpContext context, IExportDesk desk, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        if (asked.Read(out var wish) is { } wrong)
        {
            return Problems.Of(wrong);
        }

        var answer = await desk.BeginAsync(wish, context.User.Actor(), cancellationToken);
        return answer switch
        {
            { Job: { } job } => new Sending(job, logging.CreateLogger(typeof(ExportsApi))),
            { Refusal: { Code: "font-missing" } missing } => Problems.Unavailable(missing.Code, missing.Reason),
            _ => Problems.Of(answer.Refusal!),
        };
    }

    private static async Task<IResult> ListAsync(IExportDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ListDto<MadeExportDto>([.. (await desk.LastAsync(cancellationToken)).Select(MadeExportDto.Of)], null));

    [LoggerMessage(1, LogLevel.Warning, "The export {Id} was cut short ({Exception}). The journal has its beginning and no end.")]
    private static partial void LogCut(ILogger logger, Guid id, string exception);

    // What has begun cannot become an error page: the connection is cut, so that nobody takes the part for the whole.
    private sealed class Sending(ExportJob job, ILogger logger) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            await using (job)
            {
                var response = httpContext.Response;
                response.ContentType = Zip;
                response.Headers.CacheControl = "no-store";
                response.Headers.ContentDisposition = $"attachment; filename=\"{job.FileName}\"";

                // The ZIP's own headers, a few bytes each, are written synchronously by its library; the entries are not.
                if (httpContext.Features.Get<IHttpBodyControlFeature>() is { } control)
                {
                    control.AllowSynchronousIO = true;
                }

                try
                {
                    await job.WriteAsync(response.Body, httpContext.RequestAborted);
                }
                catch (Exception cut) when (response.HasStarted)
                {
                    LogCut(logger, job.Id, cut.GetType().Name);
                    httpContext.Abort();
                }
            }
        }
    }
}

/// <summary>What is asked for: one of <c>account</c>, <c>person</c> and <c>incident</c>, or none of them and a time.</summary>
public sealed class ExportParameters
{
    /// <summary>An account's key.</summary>
    [FromQuery(Name = "account"), Description("An account's key, such as x/demo_wmfs_aston.")]
    public string? Account { get; init; }

    /// <summary>A staff id.</summary>
    [FromQuery(Name = "person"), Description("A staff id: everything that this person did.")]
    public string? Person { get; init; }

    /// <summary>An incident's number.</summary>
    [FromQuery(Name = "incident"), Description("An incident's number.")]
    public string? Incident { get; init; }

    /// <summary>The earliest time in it.</summary>
    [FromQuery(Name = "from"), Description("The earliest time in it, ISO 8601 with an offset.")]
    public string? From { get; init; }

    /// <summary>The time before which everything in it happened.</summary>
    [FromQuery(Name = "to"), Description("The time before which everything in it happened, ISO 8601 with an offset.")]
    public string? To { get; init; }

    /// <summary>In which form.</summary>
    [FromQuery(Name = "format"), Description("jsonl (lines alone), csv (and a table; when left out) or pdf (and a summary for printing).")]
    public string? Format { get; init; }

    /// <summary>What it is for.</summary>
    [FromQuery(Name = "reason"), Description("What the export is for: 3 to 500 characters. The journal keeps it.")]
    public string? Reason { get; init; }

    /// <summary>Reads it.</summary>
    /// <returns>Null when it could be read.</returns>
    internal Refusal? Read(out ExportWish wish)
    {
        wish = null!;
        var subjects = new (ExportKind Kind, string? Key)[] { (ExportKind.Account, Account), (ExportKind.Person, Person), (ExportKind.Incident, Incident) }.Where(s => s.Key is not null).ToList();
        if (subjects.Count > 1)
        {
            return new Refusal("export-subjects", "Name one of 'account', 'person' and 'incident', not several. Nothing was exported.");
        }

        if (InputTime.Read(From, "from", out var from) is { } wrongFrom)
        {
            return wrongFrom;
        }

        if (InputTime.Read(To, "to", out var to) is { } wrongTo)
        {
            return wrongTo;
        }

        ExportFormat? format = Format switch { null or "csv" => ExportFormat.Csv, "jsonl" => ExportFormat.Lines, "pdf" => ExportFormat.Pdf, _ => null };
        if (format is not { } known)
        {
            return new Refusal("export-format-unknown", "'format' can be jsonl, csv or pdf. Nothing was exported.");
        }

        var (kind, key) = subjects is [var only] ? only : (ExportKind.Period, null);
        wish = new ExportWish(new ExportQuestion(kind, key, from, to), known, Reason ?? "");
        return null;
    }
}

/// <summary>An export that was made.</summary>
/// <param name="Id">Its id; the journal's stream is <c>export/&lt;id&gt;</c>.</param>
/// <param name="At">When it was begun.</param>
/// <param name="By">Who made it.</param>
/// <param name="Reason">What for; left out once that was erased.</param>
/// <param name="Asked">What was asked for; left out once that was erased.</param>
/// <param name="FinishedAt">When all of it had been sent; left out when it was cut short, or goes on.</param>
/// <param name="Entries">Entries in it.</param>
/// <param name="Bytes">Length of its files, unpacked.</param>
/// <param name="ManifestSha256">SHA-256 of its <c>manifest.json</c>.</param>
public sealed record MadeExportDto(
    Guid Id,
    DateTimeOffset At,
    ActorDto By,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ExportAskedDto? Asked,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? FinishedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Entries,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Bytes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ManifestSha256)
{
    /// <summary>Makes it.</summary>
    public static MadeExportDto Of(MadeExport made) => new(
        made.Id, made.At, new ActorDto(made.By.Id, made.By.Name, made.By.Role), made.Reason,
        made.Asked is { } asked ? new ExportAskedDto(asked.Kind, asked.Key, asked.From, asked.To) : null,
        made.FinishedAt, made.End?.Entries, made.End?.Bytes, made.End?.ManifestSha256);
}

/// <summary>What was asked for.</summary>
/// <param name="Kind"><c>account</c>, <c>person</c>, <c>incident</c> or <c>period</c>.</param>
/// <param name="Key">Of which one; left out for a period.</param>
/// <param name="From">The earliest time in it.</param>
/// <param name="To">The time before which everything in it happened.</param>
public sealed record ExportAskedDto(
    string Kind,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Key,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? From,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? To);
