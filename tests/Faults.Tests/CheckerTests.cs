using System.IO.Compression;
using Coordination.Dashboard.Desks;
using Coordination.Domain.Holds;
using Coordination.FaultTests.Checker;
using Coordination.FaultTests.Clients;

namespace Coordination.FaultTests;

/// <summary>The checker finds what is planted in a recorded history, and nothing in a sound one.</summary>
public sealed class CheckerTests
{
    private static readonly RunRecord Sound = SoundRun.Make();

    [Fact]
    public void ASoundRun_HasNoViolations() => Assert.Empty(RunChecker.Check(Sound));

    [Fact]
    public async Task ARecord_IsKeptWhole()
    {
        var path = await RunFile.WriteAsync(Sound, 7, ["A planted one."]);
        try
        {
            await using var packed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            var kept = (await JsonNode.ParseAsync(packed, cancellationToken: TestContext.Current.CancellationToken))!;
            Assert.Equal("A planted one.", kept["violations"]![0]!.GetValue<string>());
            Assert.Equal(Sound.Journal.Count, kept["run"]!["journal"]!.AsArray().Count);
            Assert.Equal(Sound.Calls[0].Operation, kept["run"]!["calls"]![0]!["operation"]!.GetValue<Guid>());
            Assert.Equal(Sound.Outages[0].From, kept["run"]!["outages"]![0]!["item1"]!.GetValue<DateTimeOffset>());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void ALatePermit_IsFound() => Finds(
        "G1: permit", Sound with { Permits = [.. Sound.Permits, Sound.Permits[0] with { Id = Guid.NewGuid(), Seq = Sound.Holds[0].PlacedSeq + 1, PostId = SoundRun.Held, Outcome = "not-sent" }] });

    [Fact]
    public void APosterWhoWasNotNamed_IsFound() => Finds(
        "lies inside H-000002", Sound with { Permits = [.. Sound.Permits.SkipLast(1), Sound.Permits[^1] with { PosterId = "holder" }] });

    [Fact]
    public void ANamedPosterWhoConfirmedBeforeTheHold_IsFound() => Finds(
        "lies inside H-000002",
        Sound with { Journal = SoundRun.Chain(Sound.Journal.Select(e => e.Event is "post-scheduled" && e.Payload!.Contains(SoundRun.ByNamed.ToString(), StringComparison.Ordinal) ? e with { FenceSeq = 1 } : e)) });

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void APermitForARevisionThatWasNotApproved_IsFound(int approved, bool found)
    {
        var hold = Sound.Holds[1] with { Kind = HoldKind.ApprovalRequired };
        var scheduled = Sound.Journal.Single(e => e.Event is "post-scheduled" && e.Payload!.Contains(SoundRun.ByNamed.ToString(), StringComparison.Ordinal));
        var payload = new JsonObject { ["postId"] = SoundRun.ByNamed, ["revision"] = approved }.ToJsonString();
        var run = Sound with { Holds = [Sound.Holds[0], hold], Journal = [.. Sound.Journal, scheduled with { Event = "post-approved", Payload = payload }] };
        Assert.Equal(found, StopMeansStop.Find(new Facts(run)).Any(v => v.Contains("lies inside H-000002", StringComparison.Ordinal)));
    }

    [Fact]
    public void AnArrivalUnderAHold_ThatWasNotListedAsInFlight_IsFound() => Finds(
        "was not listed as in flight", Sound with { Holds = [Sound.Holds[0] with { InFlight = [] }, Sound.Holds[1]] });

    [Fact]
    public void AnArrivalWithoutAPermit_IsFound() => Finds("without any permit", Sound with { Arrivals = [.. Sound.Arrivals, SoundRun.Arrived(SoundRun.Held, 95)] });

    [Fact]
    public void AChangeWithoutAPermit_IsFound() => Finds("without any permit", Sound with { Arrivals = [.. Sound.Arrivals, SoundRun.Arrived(SoundRun.Held, 95) with { Kind = "edit" }] });

    [Fact]
    public void APostThatWentOutByItself_AfterTheHoldItFellDueUnder_IsFound() => Finds(
        "went out by itself afterwards", Sound with { Permits = [.. Sound.Permits, Sound.Permits[0] with { Id = Guid.NewGuid(), Seq = Sound.Holds[0].LiftedSeq!.Value + 1, PostId = SoundRun.Held }] });

    [Theory]
    [InlineData(null, true)]
    [InlineData("officer", false)]
    [InlineData("holder", true)]
    public void APostThatNobodyElseHadRead_IsFound(string? approver, bool found)
    {
        // The first post was submitted by its writer, and approved by somebody, or by nobody, before its permit.
        var scheduled = Sound.Journal.First(e => e.Event is "post-scheduled" && e.Payload!.Contains(SoundRun.Before.ToString(), StringComparison.Ordinal));
        var submitted = scheduled with { Event = "post-submitted", FenceSeq = null, ActorId = "holder" };
        EntryRow[] approved = approver is null ? [] : [scheduled with
        {
            Event = "post-approved", ActorId = approver, Payload = new JsonObject { ["postId"] = SoundRun.Before, ["revision"] = 1 }.ToJsonString(),
        }];
        var run = Sound with { Journal = [.. Sound.Journal.SelectMany(e => ReferenceEquals(e, scheduled) ? [submitted, .. approved] : new[] { e })] };

        Assert.Equal(found, ReadFirst.Find(new Facts(run)).Any());
    }

    [Fact]
    public void ADoubleSend_IsFound() => Finds("G3: post", Sound with { Arrivals = [.. Sound.Arrivals, SoundRun.Arrived(SoundRun.Before, 12)] });

    [Fact]
    public void ALostPost_IsFound() => Finds("is not there as it was written", Sound with { Posts = [.. Sound.Posts.Skip(1)] });

    [Fact]
    public void APostThatNeverCameToRest_IsFound() => Finds("ended the run as 'scheduled'", Sound with { Posts = Change(SoundRun.Held, p => p with { State = "scheduled" }) });

    [Fact]
    public void AStateAndAReadModelThatDisagree_AreFound() => Finds("in the read model", Sound with { Posts = Change(SoundRun.Held, p => p with { State = "missed" }) });

    [Fact]
    public void APermitThatNeverEnded_IsFound() => Finds("is open at the end", Sound with { Permits = [Sound.Permits[0] with { Outcome = null }, .. Sound.Permits.Skip(1)] });

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void AReceiptThatWasGivenTwice_IsFound(int times, bool found)
    {
        var receipt = Sound.Journal.First(e => e.Event is "post-held") with { Event = "hold-acknowledged", Payload = """{"event":"hold-acknowledged","holdId":"H-000001","postsHeld":1}""" };
        var run = Sound with { Journal = SoundRun.Chain([.. Sound.Journal, .. Enumerable.Range(0, times).Select(_ => receipt with { })]) };
        Assert.Equal(found, Accountable.Find(new Facts(run)).Any(v => v.Contains("acknowledged H-000001 2 times", StringComparison.Ordinal)));
    }

    [Fact]
    public void ABrokenChain_IsFound() => Finds(
        "G4: the chain of account/x/fault_0 is broken at entry 2", Sound with { Journal = [.. Sound.Journal.Select(e => e.Number == 2 && e.Stream.StartsWith("account/", StringComparison.Ordinal) ? e with { ActorId = "sam" } : e)] });

    [Fact]
    public void AStateThatIsNotItsJournal_IsFound() => Finds(
        "does not give its stored state", Sound with { States = new Dictionary<string, string>(StringComparer.Ordinal) { [SoundRun.Account] = Sound.States[SoundRun.Account].Replace("Aston", "Dudley", StringComparison.Ordinal) } });

    [Fact]
    public void APermitWithoutAnEntry_IsFound() => Finds(
        "has no journal entry", Sound with { Journal = SoundRun.Chain(Sound.Journal.Where(e => e.FenceSeq != Sound.Permits[0].Seq)) });

    [Fact]
    public void AnEntryWithoutItsPermit_IsFound() => Finds("which is not there", Sound with { Permits = [.. Sound.Permits.Skip(1)], Arrivals = [.. Sound.Arrivals.Skip(1)] });

    [Fact]
    public void AnOutcomeThatNoEntryTellsOf_IsFound() => Finds(
        "no journal entry tells of it", Sound with { Journal = SoundRun.Chain(Sound.Journal.Where(e => !(e.Event is "post-published" && e.Payload!.Contains(SoundRun.Before.ToString(), StringComparison.Ordinal)))) });

    [Fact]
    public void APermitWhileTheDatabaseWasAway_IsFound() => Finds(
        "while the database was away", Sound with { Outages = [(SoundRun.At(9.9), SoundRun.At(10.1))] });

    [Fact]
    public void AHoldThatWasReportedWhileTheDatabaseWasAway_IsFound() => Finds(
        "told that it took while the database was away", Sound with { Outages = [(SoundRun.At(29.95), SoundRun.At(30.05))] });

    [Fact]
    public void AnArrivalWhileTheDatabaseWasAway_WithoutALivePermit_IsFound() => Finds(
        "without a live permit from before", Sound with { Outages = [(SoundRun.At(10.2), SoundRun.At(10.4))], Permits = [Sound.Permits[0] with { ExpiresAt = SoundRun.At(10.25) }, .. Sound.Permits.Skip(1)] });

    [Fact]
    public void APublishedPostThatNeverArrived_IsFound() => Finds("the platform never took it", Sound with { Arrivals = [.. Sound.Arrivals.Skip(1)] });

    [Fact]
    public void AFailedPostThatArrived_IsFound() => Finds("is 'failed' and the platform took it", Sound with { Posts = Change(SoundRun.Before, p => p with { State = "failed" }) });

    [Fact]
    public void ARemovedPostThatThePlatformWasNeverAskedFor_IsFound() => Finds("the platform was never asked to", Sound with { Posts = Change(SoundRun.Before, p => p with { State = "removed" }) });

    [Fact]
    public void ADeletionThatNobodyAskedFor_IsFound() => Finds(
        "nobody had asked for it", Sound with { Arrivals = [.. Sound.Arrivals, SoundRun.Arrived(SoundRun.Before, 40) with { Kind = "delete" }] });

    [Fact]
    public void OtherWordsThanWerePermitted_AreFound() => Finds("in other words", Sound with { Arrivals = [Sound.Arrivals[0] with { Text = "Something else" }, .. Sound.Arrivals.Skip(1)] });

    [Theory]
    [InlineData(-1, false)]
    [InlineData(1, true)]
    public void WordsThatWereChangedAfterThePermit_AreFound(int afterThePermit, bool found)
    {
        var permit = Sound.Permits[0] with { Seq = 1000 };
        var changed = Sound.Journal.First(e => e.Event is "post-scheduled") with
        {
            Event = "post-rescheduled",
            Number = Sound.Journal.Max(e => e.Number) + 1,
            FenceSeq = permit.Seq + afterThePermit,
            Payload = new JsonObject { ["postId"] = SoundRun.Before, ["text"] = "Something else", ["dueAt"] = SoundRun.At(10) }.ToJsonString(),
        };
        var run = Sound with
        {
            Journal = [.. Sound.Journal, changed],
            Permits = [permit, .. Sound.Permits.Skip(1)],
            Arrivals = [Sound.Arrivals[0] with { Text = "Something else" }, .. Sound.Arrivals.Skip(1)],
        };
        Assert.Equal(found, InsideAndOutside.Find(new Facts(run)).Any(v => v.Contains("in other words", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("released", false, true)]
    [InlineData("released", true, false)]
    [InlineData("refused", true, true)]
    [InlineData("refused", false, false)]
    public void ABulkAnswerThatTheJournalHasOtherwise_IsFound(string result, bool done, bool found)
    {
        var call = new Call
        {
            Kind = "handback", Staff = "officer", Path = "/api/handback", Told = Told.Took,
            Answer = new JsonObject { ["items"] = new JsonArray(new JsonObject { ["id"] = SoundRun.Held, ["result"] = result }) },
        };
        var entry = Sound.Journal[0] with { OperationId = DerivedIds.Of(call.Operation, $"handback/{SoundRun.Held}") };
        var run = Sound with { Calls = [.. Sound.Calls, call], Journal = done ? [.. Sound.Journal, entry] : Sound.Journal };
        Assert.Equal(found, Promises.Find(new Facts(run)).Any(v => v.Contains("has it otherwise", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("cancel", true, "cancelled", false)]
    [InlineData("cancel", true, "scheduled", true)]
    [InlineData("cancel", false, "cancelled", true)]
    [InlineData("handback", true, "cancelled", false)]
    [InlineData("handback", true, "published", false)]
    [InlineData("handback", true, "held", true)]
    [InlineData("handback", false, "published", true)]
    public void APromisedDiscardThatDidNotStay_IsFound(string kind, bool entered, string state, bool found)
    {
        var call = new Call
        {
            Kind = kind, Staff = "officer", Path = kind is "cancel" ? $"/api/posts/{SoundRun.Held}/cancel" : "/api/handback", Told = Told.Took,
            Answer = kind is "cancel" ? null : new JsonObject { ["items"] = new JsonArray(new JsonObject { ["id"] = SoundRun.Held, ["result"] = "discarded" }) },
        };
        var entry = Sound.Journal[0] with { Event = "post-cancelled", Payload = new JsonObject { ["postId"] = SoundRun.Held }.ToJsonString() };
        var run = Sound with
        {
            Calls = [.. Sound.Calls, call],
            Journal = entered ? [.. Sound.Journal, entry] : Sound.Journal,
            Posts = Change(SoundRun.Held, p => p with { State = state }),
        };
        Assert.Equal(found, Promises.Find(new Facts(run)).Any(v => v.Contains("is discarded, and at the end", StringComparison.Ordinal)));
    }

    [Fact]
    public void AnArrivalOnAnotherAccount_IsFound() => Finds("arrived on x_fault_1", Sound with { Arrivals = [Sound.Arrivals[0] with { Account = "x_fault_1" }, .. Sound.Arrivals.Skip(1)] });

    [Fact]
    public void APromisedHoldThatIsNotThere_IsFound() => Finds("and it is not there", Sound with { Holds = [Sound.Holds[1]] });

    [Fact]
    public void AClientThatNeverGotACertainAnswer_IsFound() => Finds("never got a certain answer", Sound with { Calls = [.. Sound.Calls, Asked(Told.Nothing, Guid.NewGuid())] });

    [Fact]
    public void ARefusalThatDidSomething_IsFound() => Finds(
        "was refused and did something", Sound with { Calls = [.. Sound.Calls.Skip(1), Asked(Told.Refused, Sound.Holds[0].OperationId)] });

    [Fact]
    public void ALiftThatWasPromisedAndStands_IsFound() => Finds(
        "and it stands",
        Sound with
        {
            Holds = [Sound.Holds[0], Sound.Holds[1] with { LiftedAt = null, LiftedSeq = null }],
            Calls = [.. Sound.Calls, new Call { Kind = "lift", Staff = "manager", Path = "/api/holds/H-000002/lift", Told = Told.Took, Ended = SoundRun.At(130) }],
        });

    [Theory]
    [InlineData(-1, false)]
    [InlineData(1, true)]
    public void AnArrivalOnAnAccountThatMoved_HadToBeListed_OnlyIfItMovedAfterTheHoldCame(int afterTheHold, bool found)
    {
        var moved = Sound.Labels[0] with { Seq = (10 * Sound.Holds[0].PlacedSeq) + afterTheHold, Labels = Sound.Labels[0].Labels with { Area = "dudley" } };
        var hold = Sound.Holds[0] with { InFlight = [], PlacedSeq = 10 * Sound.Holds[0].PlacedSeq, LiftedSeq = 100 * Sound.Holds[0].PlacedSeq };
        var facts = new Facts(Sound with { Holds = [hold], Labels = [Sound.Labels[0], moved] });
        Assert.Equal(found, StopMeansStop.Find(facts).Any(v => v.Contains("was not listed as in flight", StringComparison.Ordinal)));
    }

    [Fact]
    public void AnAccountThatMoved_IsCoveredByItsLabelsOfTheTime()
    {
        // It was in Birmingham for all of the run: said to have moved to Dudley before the hold, its held post was held for nothing, and that is no fault.
        var moved = Sound.Labels[0] with { Seq = Sound.Holds[0].PlacedSeq - 1, Labels = Sound.Labels[0].Labels with { Area = "dudley" } };
        var late = Sound.Permits[0] with { Id = Guid.NewGuid(), Seq = Sound.Holds[0].PlacedSeq + 1 };
        var facts = new Facts(Sound with { Labels = [Sound.Labels[0], moved], Permits = [.. Sound.Permits, late] });
        Assert.DoesNotContain(StopMeansStop.Find(facts), v => v.Contains("H-000001", StringComparison.Ordinal));
    }

    [Fact]
    public void ARunInWhichNothingHappened_ProvesNothing() => Assert.Contains(Coverage.Of(new Facts(Sound)).Vacuous(), v => v.Contains("proves nothing", StringComparison.Ordinal));

    [Fact]
    public void AScheduleOfFaults_FollowsFromItsSeed_AndHasEachKind()
    {
        var plan = Injection.FaultPlan.Make(7, TimeSpan.FromSeconds(55), TimeSpan.FromSeconds(8));
        Assert.Equal(plan, Injection.FaultPlan.Make(7, TimeSpan.FromSeconds(55), TimeSpan.FromSeconds(8)));
        Assert.NotEqual(plan, Injection.FaultPlan.Make(8, TimeSpan.FromSeconds(55), TimeSpan.FromSeconds(8)));
        Assert.Equal(Enum.GetValues<Injection.FaultKind>().Length, plan.Select(f => f.Kind).Distinct().Count());
    }

    private static Call Asked(Told told, Guid operation) => new() { Kind = "hold", Operation = operation, Staff = "manager", Path = "/api/holds", Told = told };

    private static PostRow[] Change(Guid post, Func<PostRow, PostRow> change) => [.. Sound.Posts.Select(p => p.Id == post ? change(p) : p)];

    private static void Finds(string words, RunRecord run) => Assert.Contains(RunChecker.Check(run), v => v.Contains(words, StringComparison.Ordinal));
}
