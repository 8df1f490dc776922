using System.Globalization;
using Coordination.Dashboard.Incidents.Trials;
using Coordination.Dashboard.SignIn;
using Coordination.Domain;
using Coordination.Domain.People;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Mvc;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/incidents/rules/simulate</c>: rules tried on recorded incidents.</summary>
public static class RuleTrialsApi
{
    private const int MostRules = 2;

    // What a form says around its file.
    private const int FormBytes = 64 * 1024;

    // Longer than a trial's own, so that it always answers why it gave up.
    private static readonly TimeSpan RequestTimeout = RuleTrial.Longest + TimeSpan.FromSeconds(20);

    /// <summary>Maps the route.</summary>
    public static void MapRuleTrials(this IEndpointRouteBuilder api) =>
        api.MapPost("/incidents/rules/simulate", SimulateAsync).RequirePermission(Permission.ReadIncidents).Expensive()
            .Accepts<string>(isOptional: true, "text/csv", "multipart/form-data")
            .WithMetadata(new RequestSizeLimitAttribute(RecordedCsv.MaxBytes + FormBytes))
            .WithSummary(
                "Tries one or two sets of rules (rules=current, draft, shipped or a version) on recorded incidents: a CSV file (UTF-8, at most 10 MB and 100,000 rows; column=number:Ref names a column), "
                + "or the service's own of the last days=30. A hold is taken to last hours=4. It holds nothing and changes nothing.")
            .Produces<SimulationDto>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .WithRequestTimeout(new RequestTimeoutPolicy { Timeout = RequestTimeout, TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable });

    private static async Task<IResult> SimulateAsync(
        [FromQuery] string[] rules, [FromQuery] string[] column, string? hours, string? days, HttpContext context, RuleTrial trial, RuleSets sets, HistoryRecording history, CancellationToken cancellationToken)
    {
        if (TryNumber(hours, RuleTrial.UsualHours, RuleTrial.LeastHours, RuleTrial.MostHours) is not { } lasting)
        {
            return Problems.Of(new Refusal("hours-out-of-range", $"'hours' can be {RuleTrial.LeastHours} to {RuleTrial.MostHours}. Nothing was tried."));
        }

        if (!ColumnMap.TryParse(column, out var said, out var strange))
        {
            return Problems.Of(new Refusal("column-unknown", strange + " Nothing was tried."));
        }

        var chosen = new List<TrialRules>();
        foreach (var id in rules is [] ? [RuleSets.Current] : rules)
        {
            if (chosen.Count == MostRules)
            {
                return Problems.Of(new Refusal("rules-too-many", $"'rules' stands more than {MostRules} times. Nothing was tried."));
            }

            var answer = await sets.FindAsync(id, cancellationToken);
            if (answer.Refusal is { } no)
            {
                return Problems.Of(no);
            }

            chosen.Add(answer.Rules!);
        }

        var (recording, reading, refusal) = days is null
            ? await ReadAsync(context.Request, said, trial, cancellationToken)
            : TryNumber(days, 0, 1, HistoryRecording.MostDays) is { } back
                ? (await history.ReadAsync(back, cancellationToken), null, null)
                : (null, null, Problems.Of(new Refusal("days-out-of-range", $"'days' can be 1 to {HistoryRecording.MostDays}. Nothing was tried.")));
        if (recording is null)
        {
            return refusal!;
        }

        var tried = await trial.RunAsync(recording, chosen, lasting, cancellationToken);
        return tried.Refusal is { } why ? Problems.Of(why) : TypedResults.Ok(SimulationDto.Of(tried.Result!, reading));
    }

    private static async Task<(TrialRecording?, RecordedReading?, IResult?)> ReadAsync(
        HttpRequest request, IReadOnlyDictionary<string, string> said, RuleTrial trial, CancellationToken cancellationToken)
    {
        using var file = new MemoryStream();
        if (request.HasFormContentType)
        {
            if ((await request.ReadFormAsync(cancellationToken)).Files is [var only])
            {
                await only.CopyToAsync(file, cancellationToken);
            }
        }
        else
        {
            await request.Body.CopyToAsync(file, cancellationToken);
        }

        if (file.Length == 0)
        {
            return (null, null, Problems.Of(new Refusal("recording-missing", "There is nothing to try the rules on. Send one CSV file as the body or in a form, or say 'days'.")));
        }

        var reading = await RuleTrial.ReadAsync(file.GetBuffer().AsMemory(0, (int)file.Length), said, cancellationToken);
        return reading is RecordedReading.Accepted accepted
            ? (await trial.RecordAsync(accepted, cancellationToken), reading, null)
            : (null, reading, Unfit((RecordedReading.Refused)reading));
    }

    internal static IResult Unfit(RecordedReading.Refused refused) => Problems.Of(
        StatusCodes.Status422UnprocessableEntity,
        "recording-invalid",
        refused.Why,
        new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["columns"] = refused.Header,
            ["badRows"] = refused.BadRows,
            ["faults"] = refused.Faults.Select(f => new RegisterFaultDto(f.Line, f.Column, f.Words)),
        });

    private static int? TryNumber(string? text, int usual, int least, int most) => text is null
        ? usual
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;
}
