using System.Data.Common;
using Coordination.Domain.Accounts;
using Coordination.Storage.Journal;
using Coordination.Storage.Verification.Checks;
using Npgsql;

namespace Coordination.Storage.Verification;

/// <summary>Recomputes everything from the journal and compares it with what the database keeps beside it. Changes nothing.</summary>
public interface IVerifier
{
    /// <summary>Runs all checks on one moment of the database, which may be in use meanwhile.</summary>
    /// <param name="progress">Told now and then how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Ends it: nothing is known then.</param>
    /// <exception cref="VerificationException">It could not be checked.</exception>
    Task<VerificationReport> RunAsync(IProgress<VerificationProgress>? progress, CancellationToken cancellationToken);
}

/// <summary>Carries it out over one connection and one read-only transaction, stream by stream.</summary>
/// <param name="connectionString">The database; a login that may read is enough.</param>
/// <param name="time">Measures how long it takes.</param>
public sealed class Verifier(string connectionString, TimeProvider time) : IVerifier
{
    private const int ProgressEvery = 2000;
    private const string Unknown = "Whether all agrees is not known; nothing was changed. Try again.";

    /// <inheritdoc/>
    public async Task<VerificationReport> RunAsync(IProgress<VerificationProgress>? progress, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        try
        {
            await using var snapshot = await Snapshot.OpenAsync(connectionString, cancellationToken);
            await SchemaCheck.RequireAsync(snapshot, cancellationToken);
            var run = new Run(snapshot, progress, await JournalCursor.EstimateAsync(snapshot, cancellationToken), new AllFindings());
            var checks = await run.AllAsync(cancellationToken);
            return new VerificationReport(snapshot.AsOf, time.GetElapsedTime(started), run.Entries, checks);
        }
        catch (Exception failed) when (cancellationToken.IsCancellationRequested && failed is DbException or TimeoutException)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (PostgresException refused)
        {
            throw new VerificationException($"The database refused to be read ({refused.SqlState}: {refused.MessageText}). {Unknown}", refused);
        }
        catch (Exception away) when (away is DbException or TimeoutException)
        {
            throw new VerificationException($"The database does not answer ({away.Message.TrimEnd('.')}). {Unknown}", away);
        }
        catch (ArgumentException unreadable)
        {
            throw new VerificationException($"The database's address cannot be read: look at Storage:ConnectionString. {Unknown}", unreadable);
        }
    }

    private sealed class Run(Snapshot snapshot, IProgress<VerificationProgress>? progress, long estimate, AllFindings findings)
    {
        private readonly AllFindings _findings = findings;
        private readonly RedactionBook _redactions = new(findings[CheckKind.Redactions]);

        public long Entries { get; private set; }

        public async Task<IReadOnlyList<VerificationCheck>> AllAsync(CancellationToken cancellationToken)
        {
            // Redactions and holds first: accounts are folded and judged by them.
            var chains = new ChainCheck(_findings[CheckKind.Chains]);
            await ReadRedactionsAsync(chains, cancellationToken);
            var holds = await ReadHoldsAsync(chains, cancellationToken);
            await new HoldCheck(_findings[CheckKind.Holds], holds).LookAsync(snapshot, cancellationToken);
            var batch = new Batch(snapshot, _findings, new HoldTimeline(holds.Values));
            var offSystem = new OffSystemPostCheck(_findings[CheckKind.OffSystem]);
            var scopes = new SavedScopeCheck(_findings[CheckKind.SavedScopes]);
            var templates = new TemplateCheck(_findings[CheckKind.Templates]);
            var rules = new RulesCheck(_findings[CheckKind.Rules]);
            var desk = new DeskCheck(_findings[CheckKind.Desk]);
            var repeats = new RepeatCheck(_findings[CheckKind.Repeats]);
            var slots = new QueueSlotCheck(_findings[CheckKind.QueueSlots]);
            var incidents = new IncidentCheck(_findings[CheckKind.Incidents]);
            var notices = new NoticeCheck(_findings[CheckKind.Notices]);
            await ReadOthersAsync(chains, batch, row => Aside(row, offSystem, scopes, templates, rules, desk, repeats, slots, incidents, notices), cancellationToken);
            chains.End();
            await _redactions.LookAsync(snapshot, cancellationToken);
            await offSystem.LookAsync(snapshot, cancellationToken);
            await scopes.LookAsync(snapshot, cancellationToken);
            await templates.LookAsync(snapshot, cancellationToken);
            await rules.LookAsync(snapshot, cancellationToken);
            await new ImageCheck(_findings[CheckKind.Images]).LookAsync(snapshot, cancellationToken);
            await desk.LookAsync(snapshot, cancellationToken);
            await repeats.LookAsync(snapshot, cancellationToken);
            await slots.LookAsync(snapshot, cancellationToken);
            await incidents.LookAsync(snapshot, cancellationToken);
            await notices.LookAsync(snapshot, cancellationToken);
            await new StrayCheck(_findings).LookAsync(snapshot, cancellationToken);
            await new ViewCheck(_findings[CheckKind.DatabaseView]).LookAsync(snapshot, batch.Permits, cancellationToken);
            progress?.Report(new VerificationProgress(Entries, Entries));
            return _findings.ToChecks();
        }

        private async Task ReadRedactionsAsync(ChainCheck chains, CancellationToken cancellationToken)
        {
            await foreach (var row in JournalCursor.RedactionsAsync(snapshot, cancellationToken))
            {
                Count();
                chains.Look(row);
                _redactions.Take(row);
            }
        }

        private async Task<Dictionary<string, HoldRecord>> ReadHoldsAsync(ChainCheck chains, CancellationToken cancellationToken)
        {
            var holds = new Dictionary<string, HoldRecord>(StringComparer.Ordinal);
            HoldRecord? hold = null;
            await foreach (var row in JournalCursor.HoldsAsync(snapshot, cancellationToken))
            {
                Count();
                chains.Look(row);
                _redactions.Look(row);
                if (!string.Equals(row.Stream, hold?.Stream, StringComparison.Ordinal))
                {
                    hold = new HoldRecord(row.Stream);
                    holds.Add(hold.Id, hold);
                }

                if (hold!.Take(row) is { } fault)
                {
                    _findings[CheckKind.Holds].Differs(row.Stream, fault, row.Number);
                }
            }

            return holds;
        }

        // Streams beside the accounts'.
        private static void Aside(JournalRow row, OffSystemPostCheck offSystem, SavedScopeCheck scopes, TemplateCheck templates, RulesCheck rules, DeskCheck desk, RepeatCheck repeats, QueueSlotCheck slots, IncidentCheck incidents, NoticeCheck notices)
        {
            if (row.Stream.StartsWith(OffSystemPostCheck.Prefix, StringComparison.Ordinal))
            {
                offSystem.Take(row);
            }
            else if (row.Stream.StartsWith(SavedScopeCheck.Prefix, StringComparison.Ordinal))
            {
                scopes.Take(row);
            }
            else if (row.Stream.StartsWith(TemplateCheck.Prefix, StringComparison.Ordinal))
            {
                templates.Take(row);
            }
            else if (string.Equals(row.Stream, RulesCheck.Stream, StringComparison.Ordinal))
            {
                rules.Take(row);
            }
            else if (DeskCheck.Has(row.Stream))
            {
                desk.Take(row);
            }
            else if (row.Stream.StartsWith(RepeatCheck.Prefix, StringComparison.Ordinal))
            {
                repeats.Take(row);
            }
            else if (row.Stream.StartsWith(QueueSlotCheck.Prefix, StringComparison.Ordinal))
            {
                slots.Take(row);
            }
            else if (IncidentCheck.Has(row.Stream))
            {
                incidents.Take(row);
            }
            else if (row.Stream.StartsWith(NoticeCheck.Prefix, StringComparison.Ordinal))
            {
                notices.Take(row);
            }
        }

        private async Task ReadOthersAsync(ChainCheck chains, Batch batch, Action<JournalRow> aside, CancellationToken cancellationToken)
        {
            AccountFile? file = null;
            var stream = "";
            await foreach (var row in JournalCursor.OthersAsync(snapshot, cancellationToken))
            {
                Count();
                chains.Look(row);
                _redactions.Look(row);
                aside(row);
                if (!string.Equals(row.Stream, stream, StringComparison.Ordinal))
                {
                    if (file is not null)
                    {
                        await batch.AddAsync(file, cancellationToken);
                    }

                    (stream, file) = (row.Stream, Begin(row));
                }

                if (file is not null)
                {
                    await batch.AddAsync(file.Take(row), cancellationToken);
                }
            }

            if (file is not null)
            {
                await batch.AddAsync(file, cancellationToken);
            }

            await batch.EndAsync(cancellationToken);
        }

        // Streams of other aggregates have their chain and nothing beside it to compare with.
        private AccountFile? Begin(JournalRow row)
        {
            if (!row.Stream.StartsWith(AccountFile.Prefix, StringComparison.Ordinal))
            {
                return null;
            }

            if (AccountKey.TryParse(row.Stream[AccountFile.Prefix.Length..], out var key))
            {
                return new AccountFile(row.Stream, key, _findings, _redactions);
            }

            _findings[CheckKind.States].Differs(row.Stream, "The stream's name is no account key.");
            return null;
        }

        private void Count()
        {
            if (++Entries % ProgressEvery == 0)
            {
                progress?.Report(new VerificationProgress(Entries, Math.Max(estimate, Entries)));
            }
        }
    }
}
