using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.Requests;
using Coordination.Storage.Register;

namespace Coordination.Dashboard.Register;

/// <summary>One command that a row comes to.</summary>
/// <param name="Part">What it changes, as in <see cref="RowAnswer.Changes"/>; <c>register</c> for a new account. The command's operation id is derived from it.</param>
/// <param name="Command">The command.</param>
public sealed record RowStep(string Part, AccountCommand Command);

/// <summary>What a row of a register comes to, beside the account as it is. Pure; the grains and the database decide in the end.</summary>
/// <param name="Account">The account.</param>
/// <param name="Steps">Commands in order; none when there is nothing to do.</param>
/// <param name="Refusal">Why it will be refused, as far as can be seen; null when nothing stands against it.</param>
public sealed record RowPlan(AccountKey Account, IReadOnlyList<RowStep> Steps, Refusal? Refusal)
{
    /// <summary>The step that registers.</summary>
    public const string Registration = "register";

    /// <summary>Every step there can be.</summary>
    public static IReadOnlyList<string> Parts { get; } = [Registration, "approval", "labels", "contact", "name"];

    /// <summary>How the row ends when all goes as planned.</summary>
    public RowAnswer Outlook => this switch
    {
        { Refusal: { } why } => new RowAnswer(Account, RowResult.Refused, [], why),
        { Steps: [] } => new RowAnswer(Account, RowResult.Unchanged, [], null),
        { Steps: [{ Part: Registration }] } => new RowAnswer(Account, RowResult.Registered, [], null),
        _ => new RowAnswer(Account, RowResult.Changed, [.. Steps.Select(s => s.Part)], null),
    };

    /// <summary>Plans a row.</summary>
    /// <param name="row">What the register says.</param>
    /// <param name="known">The account as it is; null when it is not registered.</param>
    /// <param name="holds">The standing holds.</param>
    public static RowPlan Of(RegisterRow row, AccountSummary? known, IReadOnlyList<Hold> holds) => known switch
    {
        null => new RowPlan(row.Key, [new RowStep(Registration, new RegisterAccount(row.Key, row.Labels, row.DisplayName, row.Contact))], null),
        { Lifecycle: AccountLifecycle.Retired } => new RowPlan(row.Key, [], Retired(row.Key)),
        _ => Differences(row, known, holds),
    };

    /// <summary>The same plan, or none where a new account, or its other name, is that of a member of staff (order 01/25, 3.2).</summary>
    /// <param name="row">What the register says.</param>
    /// <param name="staff">Names of the staff.</param>
    /// <param name="places">Names of the brigade's places.</param>
    public RowPlan WithoutPersonal(RegisterRow row, IReadOnlyList<string> staff, IReadOnlyList<string> places) =>
        Refusal is null && Steps.Any(s => s.Part is Registration or "name") && PersonalAccount.CheckName([row.Key.Handle, row.DisplayName], staff, places) is { } personal
            ? new RowPlan(Account, [], personal with { Kind = RefusalKind.Conflict })
            : this;

    private static RowPlan Differences(RegisterRow row, AccountSummary known, IReadOnlyList<Hold> holds)
    {
        var steps = new List<RowStep>();
        Refusal? refusal = null;

        // Labels come first: what a hold refuses there leaves the whole row as it was.
        if (row.Labels != known.Labels)
        {
            steps.Add(new RowStep("labels", new RelabelAccount(row.Labels)));
            refusal = holds.FirstOrDefault(hold => hold.Scope.Covers(row.Key, known.Labels) && !hold.Scope.Covers(row.Key, row.Labels)) is { } left
                ? Leaves(left)
                : null;
        }

        // That Comms imports it is Comms' approval.
        if (known.Lifecycle == AccountLifecycle.Requested)
        {
            steps.Add(new RowStep("approval", new ApproveAccount()));
        }

        var contact = Contact(row.Contact, known.Contact);
        if (!contact.Equals(known.Contact))
        {
            steps.Add(new RowStep("contact", new ChangeContact(contact)));
        }

        if (!string.Equals(row.DisplayName, known.DisplayName, StringComparison.Ordinal))
        {
            steps.Add(new RowStep("name", new RenameAccount(row.DisplayName)));
        }

        return new RowPlan(row.Key, steps, refusal);
    }

    // A file knows a deputy by name alone: where the names agree, what is on record beyond them stays.
    private static NamedContact Contact(NamedContact row, NamedContact? known) =>
        known?.Deputies is { } deputies && deputies.Select(d => d.Name).SequenceEqual((row.Deputies ?? []).Select(d => d.Name), StringComparer.Ordinal)
            ? row with { Deputies = deputies }
            : row;

    private static Refusal Retired(AccountKey key) => new(
        "account-retired", $"The account {key} was retired for good. Nothing of it was changed. Take it out of the register, or register its successor.", RefusalKind.Conflict);

    private static Refusal Leaves(Hold hold) => new(
        "relabel-leaves-hold",
        $"The hold {hold.Id} covers the account and would not with these labels. Nothing of this row is changed while it stands.",
        RefusalKind.Conflict);
}
