using System.Globalization;
using Coordination.Contracts;
using Coordination.Dashboard.Components.Kit;
using Coordination.Dashboard.Register;
using Coordination.Domain.People;
using Coordination.Storage.Register;

namespace Coordination.Dashboard.Components.Register;

/// <summary>What the import page does with a file: check it, say what importing it would do, import it, say what became of it.</summary>
public sealed class ImportModel(IRegisterDesk desk)
{
    /// <summary>Rows, or faults, that are shown one by one; the rest is counted.</summary>
    public const int Shown = 200;

    private byte[]? _file;
    private Guid _operation;

    /// <summary>The chosen file's name.</summary>
    public string FileName { get; private set; } = "";

    /// <summary>Whether something is under way.</summary>
    public bool Busy { get; private set; }

    /// <summary>What went wrong with the file as a whole or with the service, in words; null when nothing did.</summary>
    public string? Problem { get; private set; }

    /// <summary>The faults of the file; empty when it can be read.</summary>
    public IReadOnlyList<RegisterFault> Faults { get; private set; } = [];

    /// <summary>Faults beyond those that were told.</summary>
    public int MoreFaults { get; private set; }

    /// <summary>What importing would do; null before the check and after the import.</summary>
    public RegisterAnswer.Answered? Outlook { get; private set; }

    /// <summary>What became of the import; null before it.</summary>
    public RegisterAnswer.Answered? Result { get; private set; }

    /// <summary>The rows that are worth reading: all that are not as they were.</summary>
    public IReadOnlyList<RowAnswer> Rows => [.. ((Result ?? Outlook)?.Rows ?? []).Where(row => row.Result != RowResult.Unchanged).OrderByDescending(row => row.Result == RowResult.Refused)];

    /// <summary>Rows of which it is not known whether they were taken.</summary>
    public int Open => Result?.Rows.Count(row => row.Refusal?.Code == "not-known-yet") ?? 0;

    /// <summary>What the button will do, in words; null when there is nothing to import.</summary>
    public string? Deed => Open > 0
        ? $"Ask again about {Names.Count(Open, "row")}"
        : Outlook is { } outlook ? Words(outlook.Count(RowResult.Registered), outlook.Count(RowResult.Changed)) : null;

    /// <summary>Says that the file is refused unread.</summary>
    public void Refuse(string name, string why)
    {
        Forget(name);
        Problem = why;
    }

    /// <summary>Takes a file and checks it. Another file is another wish, with an operation id of its own.</summary>
    public Task TakeAsync(string name, byte[] content, Actor actor, CancellationToken cancellationToken)
    {
        Forget(name);
        (_file, _operation) = (content, Guid.CreateVersion7());
        return RunAsync(async () => Take(await desk.CheckAsync(content, actor, cancellationToken), checkOnly: true), "The file was not checked; nothing was imported. Choose it again in a moment.");
    }

    /// <summary>Imports what was checked, or asks again about what is not known; under the same operation id, so nothing is done twice.</summary>
    public Task ImportAsync(Actor actor, CancellationToken cancellationToken) => _file is not { } file
        ? Task.CompletedTask
        : RunAsync(
            async () => Take(await desk.ImportAsync(file, actor, _operation, cancellationToken), checkOnly: false),
            "It is not known how much of the register was imported. Press the button again: nothing is done twice.");

    /// <summary><c>Register 12 accounts, change 1</c>.</summary>
    internal static string? Words(int register, int change) => (register, change) switch
    {
        (0, 0) => null,
        (0, _) => $"Change {Names.Count(change, "account")}",
        (_, 0) => $"Register {Names.Count(register, "account")}",
        _ => string.Create(CultureInfo.InvariantCulture, $"Register {Names.Count(register, "account")}, change {change:#,0}"),
    };

    private void Forget(string name)
    {
        (FileName, _file, Problem, Faults, MoreFaults, Outlook, Result) = (name, null, null, [], 0, null, null);
    }

    private void Take(RegisterAnswer answer, bool checkOnly)
    {
        switch (answer)
        {
            case RegisterAnswer.Answered answered:
                Outlook = checkOnly ? answered : null;
                Result = checkOnly ? null : answered;
                break;
            case RegisterAnswer.Invalid invalid:
                (Faults, MoreFaults, Outlook) = (invalid.Faults, invalid.More, null);
                break;
            case RegisterAnswer.Refused refused:
                (Problem, Outlook) = (refused.Why.Reason, null);
                break;
        }
    }

    private async Task RunAsync(Func<Task> what, string away)
    {
        (Busy, Problem) = (true, null);
        try
        {
            await what();
        }
        catch (Exception e) when (e is StoreUnavailableException or System.Data.Common.DbException or TimeoutException)
        {
            Problem = "The database does not answer. " + away;
        }
        finally
        {
            Busy = false;
        }
    }
}
