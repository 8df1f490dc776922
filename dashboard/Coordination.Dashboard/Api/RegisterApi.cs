using System.Globalization;
using System.Text.Json.Serialization;
using Coordination.Dashboard.Register;
using Coordination.Dashboard.SignIn;
using Coordination.Domain;
using Coordination.Domain.People;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Mvc;

namespace Coordination.Dashboard.Api;

/// <summary><c>/api/accounts/import</c>: a register file becomes accounts.</summary>
public static class RegisterApi
{
    /// <summary>Longer than the import's own patience, so that it always answers what it has.</summary>
    private static readonly TimeSpan RequestTimeout = RegisterDesk.Patience + TimeSpan.FromSeconds(20);

    /// <summary>Maps the route.</summary>
    public static void MapRegister(this IEndpointRouteBuilder api) =>
        api.MapPost("/accounts/import", ImportAsync).RequirePermission(Permission.ManageAccounts).Expensive().AddEndpointFilter<IdempotencyKey>()
            .Accepts<string>("text/csv")
            .WithMetadata(new RequestSizeLimitAttribute(ApiLimits.RegisterBytes))
            .WithSummary("Imports a register of accounts (CSV, UTF-8, at most 1 MB). With check=true it only says what it would do. A file with bad rows imports nothing.")
            .Produces<ImportDto>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .WithRequestTimeout(new RequestTimeoutPolicy { Timeout = RequestTimeout, TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable });

    private static async Task<IResult> ImportAsync(string? check, HttpContext context, IRegisterDesk desk, CancellationToken cancellationToken)
    {
        var only = false;
        if (check is not null && !bool.TryParse(check, out only))
        {
            return Problems.Of(new Refusal("filter-unknown", "'check' can be true or false. Nothing was imported."));
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, cancellationToken);
        var file = body.GetBuffer().AsMemory(0, (int)body.Length);
        var (actor, id) = (context.User.Actor(), IdempotencyKey.Of(context));
        return (only ? await desk.CheckAsync(file, actor, cancellationToken) : await desk.ImportAsync(file, actor, id, cancellationToken)) switch
        {
            RegisterAnswer.Answered answered => TypedResults.Ok(ImportDto.Of(id, answered)),
            RegisterAnswer.Invalid invalid => Invalid(invalid),
            RegisterAnswer.Refused refused => Problems.Of(refused.Why),
            var other => throw new InvalidOperationException($"No rule for the answer {other.GetType().Name}."),
        };
    }

    private static IResult Invalid(RegisterAnswer.Invalid invalid)
    {
        var total = invalid.Faults.Count + invalid.More;
        var more = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["faults"] = invalid.Faults.Select(fault => new RegisterFaultDto(fault.Line, fault.Column, fault.Words)),
        };
        if (invalid.More > 0)
        {
            more["moreFaults"] = invalid.More;
        }

        return Problems.Of(
            StatusCodes.Status422UnprocessableEntity,
            "register-invalid",
            string.Create(CultureInfo.InvariantCulture, $"The register has {total} {(total == 1 ? "fault" : "faults")}, so nothing was imported. The first: {invalid.Faults[0].Words}. Correct the file and send it again."),
            more);
    }
}

/// <summary>What became, or would become, of a register.</summary>
/// <param name="OperationId">Send it as <c>Idempotency-Key</c> with the same file to repeat the import safely.</param>
/// <param name="Items">Every row, in the file's order.</param>
/// <param name="Registered">New accounts.</param>
/// <param name="Changed">Accounts that differed.</param>
/// <param name="Unchanged">Accounts that were so already.</param>
/// <param name="Refused">Rows that were not taken.</param>
public sealed record ImportDto(Guid OperationId, IReadOnlyList<ImportRowDto> Items, int Registered, int Changed, int Unchanged, int Refused)
{
    /// <summary>Makes it.</summary>
    public static ImportDto Of(Guid operationId, RegisterAnswer.Answered answer) => new(
        operationId,
        [.. answer.Rows.Select(ImportRowDto.Of)],
        answer.Count(RowResult.Registered),
        answer.Count(RowResult.Changed),
        answer.Count(RowResult.Unchanged),
        answer.Count(RowResult.Refused));
}

/// <summary>One row of a register.</summary>
/// <param name="Account">The account's key.</param>
/// <param name="Result"><c>registered</c>, <c>changed</c>, <c>unchanged</c> or <c>refused</c>.</param>
/// <param name="Changes">What changed: <c>approval</c>, <c>labels</c>, <c>contact</c>, <c>name</c>.</param>
/// <param name="Code">Why it was refused, for programs.</param>
/// <param name="Reason">Why it was refused, for people.</param>
public sealed record ImportRowDto(
    string Account,
    string Result,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Changes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason)
{
    /// <summary>Makes it.</summary>
    public static ImportRowDto Of(RowAnswer row) => new(
        row.Account.Value, Word(row.Result), row.Changes.Count > 0 ? row.Changes : null, row.Refusal?.Code, row.Refusal?.Reason);

    private static string Word(RowResult result) => result switch
    {
        RowResult.Registered => "registered",
        RowResult.Changed => "changed",
        RowResult.Unchanged => "unchanged",
        _ => "refused",
    };
}

/// <summary>One thing that is wrong with a register.</summary>
/// <param name="Line">Line of the file, its header being line 1; 0 for the whole file.</param>
/// <param name="Column">The column; left out when the whole line is meant.</param>
/// <param name="Words">What is wrong, named by the line.</param>
public sealed record RegisterFaultDto(
    int Line, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Column, string Words);
