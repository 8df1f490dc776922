using System.Security.Cryptography;
using Coordination.Contracts;
using Coordination.Dashboard.Desks;
using Coordination.Dashboard.Team;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.Brigade;
using Coordination.Domain.People;
using Coordination.Storage.Operations;
using Coordination.Storage.People;
using Coordination.Storage.ReadModel;
using Coordination.Storage.Register;

namespace Coordination.Dashboard.Register;

/// <summary>Reads register files against the brigade's map and takes their rows to the accounts' grains, a bounded number at once.</summary>
public sealed partial class RegisterDesk(
    AccountCalls calls,
    IAccountReader accounts,
    IHoldReader holds,
    IOperationStore operations,
    BrigadeMap map,
    IStaffStore staff,
    TimeProvider time,
    ILogger<RegisterDesk> logger) : IRegisterDesk
{
    /// <summary>How long one import goes on before it answers what it has; the rest is named and a repeat goes on with it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private const int AtOnce = 16;
    private const string Stream = "import";
    private const string NotKnown = "not-known-yet";

    /// <inheritdoc/>
    public async Task<RegisterAnswer> CheckAsync(ReadOnlyMemory<byte> file, Actor actor, CancellationToken cancellationToken) =>
        Read(file, actor, out var rows) ?? new RegisterAnswer.Answered([.. (await PlanAsync(rows, cancellationToken)).Select(plan => plan.Outlook)]);

    /// <inheritdoc/>
    public async Task<RegisterAnswer> ImportAsync(ReadOnlyMemory<byte> file, Actor actor, Guid operationId, CancellationToken cancellationToken)
    {
        if (Read(file, actor, out var rows) is { } no)
        {
            return no;
        }

        var claim = await operations.ClaimAsync(operationId, Stream, SHA256.HashData(file.Span), cancellationToken);
        if (claim == OperationClaim.Reused)
        {
            return new RegisterAnswer.Refused(new Refusal(
                "operation-reused", "This operation id was used before with other content. Nothing was imported. Use a new Idempotency-Key for a new file.", RefusalKind.Conflict));
        }

        var plans = await PlanAsync(rows, cancellationToken);
        var earlier = claim == OperationClaim.Repeat ? await EarlierAsync(plans, operationId, cancellationToken) : [];
        var end = time.GetUtcNow() + Patience;
        var answers = await AskMany.RunAsync(
            plans.Count,
            AtOnce,
            async (i, token) => time.GetUtcNow() < end
                ? await CarryOutAsync(plans[i], earlier.GetValueOrDefault(plans[i].Account, []), operationId, actor, token)
                : Unknown(plans[i].Account, "was not reached in time"),
            answer => answer.Refusal is { Code: NotKnown },
            cancellationToken);
        var answer = new RegisterAnswer.Answered(answers);
        LogImported(
            operationId, actor.Id, answer.Count(RowResult.Registered), answer.Count(RowResult.Changed), answer.Count(RowResult.Unchanged), answer.Count(RowResult.Refused));
        return answer;
    }

    /// <summary>The id of one step of an import: the same import names the same steps, so a repeat is known for one.</summary>
    private static Guid StepId(Guid operationId, AccountKey account, string part) => DerivedIds.Of(operationId, $"{part}/{account}");

    private RegisterAnswer? Read(ReadOnlyMemory<byte> file, Actor actor, out IReadOnlyList<RegisterRow> rows)
    {
        rows = [];
        if (ManageRights.Check(actor) is { } refusal)
        {
            return new RegisterAnswer.Refused(refusal);
        }

        switch (RegisterFile.Read(file, map))
        {
            case RegisterReading<IReadOnlyList<RegisterRow>>.Accepted accepted:
                rows = accepted.Content;
                return null;
            case RegisterReading<IReadOnlyList<RegisterRow>>.Refused refused:
                return new RegisterAnswer.Invalid(refused.Faults, refused.More);
            case var other:
                throw new InvalidOperationException($"No rule for {other.GetType().Name}.");
        }
    }

    private async Task<IReadOnlyList<RowPlan>> PlanAsync(IReadOnlyList<RegisterRow> rows, CancellationToken cancellationToken)
    {
        var known = (await accounts.ReadAsync([.. rows.Select(row => row.Key.Value)], cancellationToken)).ToDictionary(summary => summary.Key);
        var standing = await holds.StandingAsync(cancellationToken);
        var (people, places) = ((await staff.AllAsync(cancellationToken)).Select(s => s.Name).ToList(), map.PlaceNames().ToList());
        return [.. rows.Select(row => RowPlan.Of(row, known.GetValueOrDefault(row.Key), standing).WithoutPersonal(row, people, places))];
    }

    // What this import did when it was asked for before, so that the repeat's answer says so, too.
    private async Task<Dictionary<AccountKey, IReadOnlyList<string>>> EarlierAsync(
        IReadOnlyList<RowPlan> plans, Guid operationId, CancellationToken cancellationToken)
    {
        var steps = plans.SelectMany(plan => RowPlan.Parts.Select(part => (plan.Account, Part: part, Id: StepId(operationId, plan.Account, part)))).ToList();
        var took = await operations.TookAsync([.. steps.Select(step => step.Id)], cancellationToken);
        return steps.Where(step => took.Contains(step.Id))
            .GroupBy(step => step.Account)
            .ToDictionary(group => group.Key, IReadOnlyList<string> (group) => [.. group.Select(step => step.Part)]);
    }

    private async Task<RowAnswer> CarryOutAsync(
        RowPlan plan, IReadOnlyList<string> earlier, Guid operationId, Actor actor, CancellationToken cancellationToken)
    {
        var done = earlier.ToList();
        foreach (var (part, command) in plan.Steps)
        {
            CommandAnswer answer;
            try
            {
                var context = new CommandContext(StepId(operationId, plan.Account, part), actor);
                answer = await calls.AskAsync(
                    plan.Account, grain => command is RegisterAccount register ? grain.Register(register, context) : grain.Manage(command, context), cancellationToken);
            }
            catch (StoreUnavailableException)
            {
                return Unknown(plan.Account, "does not answer");
            }

            if (answer.Refusal is { } refusal)
            {
                return new RowAnswer(plan.Account, RowResult.Refused, [], refusal);
            }

            if (!done.Contains(part, StringComparer.Ordinal))
            {
                done.Add(part);
            }
        }

        return done switch
        {
            [] => plan.Outlook,
            _ when done.Contains(RowPlan.Registration, StringComparer.Ordinal) => new RowAnswer(plan.Account, RowResult.Registered, [], null),
            _ => new RowAnswer(plan.Account, RowResult.Changed, done, null),
        };
    }

    private static RowAnswer Unknown(AccountKey account, string what) => new(account, RowResult.Refused, [], new Refusal(
        NotKnown,
        $"The account {account} {what}, so it is not known whether this row was taken. Repeat the whole import with the same Idempotency-Key; nothing is done twice.",
        RefusalKind.Conflict));

    [LoggerMessage(1, LogLevel.Information, "Register import {OperationId} by {ActorId}: {Registered} registered, {Changed} changed, {Unchanged} unchanged, {Refused} refused.")]
    private partial void LogImported(Guid operationId, string actorId, int registered, int changed, int unchanged, int refused);
}
