namespace Coordination.Storage.Tests.Fence.Model;

/// <summary>The protocol of holds, permits and account commits as a state machine: every step that anybody could take next, crash and pause included.</summary>
/// <remarks>A pause needs no step of its own: whoever is not chosen stands still, for as long as the others go on.</remarks>
internal sealed class FenceModel(Mistake mistake, int holds = FenceModel.Holds)
{
    public const int Posts = 2;
    public const int Silos = 2;
    public const int Holds = 2;

    private readonly List<(Step Step, ModelState State)> _next = [];

    /// <summary>Two posts scheduled, one of them due already, nothing else.</summary>
    public static ModelState First
    {
        get
        {
            var state = default(ModelState);
            state.Post(0).Confirmed = 1;
            state.Post(1).Confirmed = 2;
            state.Post(1).Due = true;
            return state;
        }
    }

    /// <summary>Everything that can happen next.</summary>
    public IReadOnlyList<(Step Step, ModelState State)> Next(ModelState state)
    {
        _next.Clear();
        for (var post = 0; post < Posts; post++)
        {
            World(state, post);
        }

        for (var silo = 0; silo < Silos; silo++)
        {
            Silo(state, silo);
        }

        for (var hold = 0; hold < holds; hold++)
        {
            Hold(state, hold);
        }

        Person(state);
        return _next;
    }

    /// <summary>Whether a hold covers a post's account.</summary>
    public static bool Covers(int hold, int post) => hold == 0 || post == 0;

    private void Add(string words, int who, int post, ModelState state)
    {
        state.Normalise();
        _next.Add((new Step(words, (byte)who, (byte)post), state));
    }

    // Time passes, requests arrive.
    private void World(ModelState state, int post)
    {
        if (state.Post(post) is { Due: false, Step: PostStep.Scheduled or PostStep.Held })
        {
            var next = state;
            next.Post(post).Due = true;
            Add("post {1} falls due", 0, post, next);
        }

        if (state.Post(post) is { Permit: PermitStep.Open, Expired: false })
        {
            var next = state;
            next.Post(post).Expired = true;
            Add("the permit of post {1} is over", 0, post, next);
        }

        if (state.Post(post).OnTheWire)
        {
            var next = state;
            next.Post(post).OnTheWire = false;
            next.Post(post).Accepted++;
            for (var hold = 0; hold < Holds; hold++)
            {
                next.Post(post).Leaked |= Covers(hold, post) && next.Hold(hold).Step is HoldStep.Standing or HoldStep.Lifting && (next.Post(post).Listed & (1 << hold)) == 0;
            }

            Add("post {1} arrives", 0, post, next);
        }
    }

    private void Silo(ModelState state, int silo)
    {
        var step = state.Silo(silo).Step;
        if (step == SiloStep.Idle)
        {
            for (var post = 0; post < Posts; post++)
            {
                Begin(state, silo, post);
            }

            return;
        }

        var crashed = state;
        crashed.Silo(silo).Forget();
        Add("silo {0} dies", silo, 0, crashed);
        Go(state, silo, state.Silo(silo).Post);
    }

    private void Begin(ModelState state, int silo, int post)
    {
        var about = state.Post(post);
        if (about is { Step: PostStep.Scheduled, Due: true })
        {
            Move(state, silo, post, SiloStep.Loaded, "silo {0} reads post {1}");
            if (RowIsFree(state, post) && about.Permit is PermitStep.None or PermitStep.NotSent && Refuses(state, post))
            {
                var next = state;
                next.Post(post).Step = PostStep.Held;
                Changed(ref next, post);
                Add("silo {0} records that post {1} is held", silo, post, next);
            }
        }

        if (about is { Permit: PermitStep.Open, Expired: true })
        {
            Move(state, silo, post, about.Accepted > 0 ? SiloStep.Found : SiloStep.FoundNothing, "silo {0} asks the platform about post {1}");
        }
    }

    private void Go(ModelState state, int silo, int post)
    {
        var next = state;
        var me = next.Silo(silo);
        var about = next.Post(post);
        switch (me.Step)
        {
            case SiloStep.Loaded when RowIsFree(state, post):
                if (me.Stale)
                {
                    me.Forget();
                    Add("silo {0} is stale about post {1}", silo, post, next);
                    return;
                }

                me.Refused = mistake == Mistake.LooksBeforeItLocks && Refuses(state, post);
                me.Step = SiloStep.RowLocked;
                Add("silo {0} locks the row of post {1}", silo, post, next);
                break;
            case SiloStep.RowLocked when mistake == Mistake.TakesNoFence || !FenceIsExclusive(state):
                me.Step = SiloStep.FenceShared;
                Add("silo {0} has the fence", silo, 0, next);
                break;
            case SiloStep.FenceShared:
                Look(next, silo, post);
                break;
            case SiloStep.PermitWritten:
                (about.Permit, about.PermitSequence, about.Expired) = (PermitStep.Open, me.Sequence, false);
                (me.Step, me.Sequence, me.Refused) = (SiloStep.Permitted, 0, false);
                Add("silo {0} has the permit of post {1}", silo, post, next);
                break;
            case SiloStep.Permitted when about.Expired:
                me.Step = SiloStep.ThrownAway;
                Add("silo {0} throws the permit of post {1} away", silo, post, next);
                break;
            case SiloStep.Permitted:
                about.OnTheWire = true;
                me.Step = SiloStep.Sent;
                Add("silo {0} sends post {1}", silo, post, next);
                break;
            case SiloStep.Sent:
                if (about.Accepted > 0)
                {
                    me.Step = SiloStep.Confirmed;
                    Add("silo {0} hears that post {1} is out", silo, post, next);
                }

                break;
            default:
                Record(next, silo, post);
                break;
        }
    }

    private void Look(ModelState next, int silo, int post)
    {
        var me = next.Silo(silo);
        var about = next.Post(post);
        var refused = mistake == Mistake.LooksBeforeItLocks ? me.Refused : Refuses(next, post);
        var taken = about.Permit is not (PermitStep.None or PermitStep.NotSent) && mistake != Mistake.TakesASecondPermit;
        if (about.Step != PostStep.Scheduled || !about.Due || refused || taken)
        {
            me.Forget();
            Add("silo {0} gets no permit for post {1}", silo, post, next);
            return;
        }

        me.Sequence = next.Draw();
        me.Step = SiloStep.PermitWritten;
        Add("silo {0} writes the permit of post {1}", silo, post, next);
    }

    // The account's commit of an outcome: the row, the state, the permit, at once.
    private void Record(ModelState next, int silo, int post)
    {
        if (!RowIsFree(next, post))
        {
            return;
        }

        var me = next.Silo(silo);
        var about = next.Post(post);
        switch (me.Step)
        {
            case SiloStep.Confirmed or SiloStep.Found:
                (about.Permit, about.Step) = (PermitStep.Sent, PostStep.Published);
                break;
            case SiloStep.ThrownAway when about.Permit == PermitStep.Open:
                about.Permit = PermitStep.NotSent;
                break;
            case SiloStep.FoundNothing when about.Permit == PermitStep.Open:
                (about.Permit, about.Step) = mistake == Mistake.GuessesNotSent ? (PermitStep.NotSent, about.Step) : (PermitStep.Unknown, PostStep.Unknown);
                break;
        }

        me.Forget();
        Changed(ref next, post);
        Add("silo {0} records what became of post {1}", silo, post, next);
    }

    private void Hold(ModelState state, int hold)
    {
        var next = state;
        var me = next.Hold(hold);
        switch (me.Step)
        {
            case HoldStep.None or HoldStep.Standing when !FenceIsExclusive(state) && (mistake == Mistake.TakesNoFence || !FenceIsShared(state)):
                me.Step = me.Step == HoldStep.None ? HoldStep.Placing : HoldStep.Lifting;
                Add("hold {0} has the fence", hold, 0, next);
                break;
            case HoldStep.Placing:
                me.Placed = next.Draw();
                me.Step = HoldStep.Standing;
                for (var post = 0; post < Posts; post++)
                {
                    var about = next.Post(post);
                    var unknown = (about.Permit == PermitStep.Open && !(mistake == Mistake.ListsLivePermitsOnly && about.Expired))
                        || (about.Permit == PermitStep.Unknown && mistake != Mistake.ListsNothingUnknown);
                    about.Listed |= (byte)(Covers(hold, post) && unknown ? 1 << hold : 0);
                }

                Add("hold {0} stands", hold, 0, next);
                Undo(state, hold, HoldStep.None);
                break;
            case HoldStep.Lifting:
                me.Lifted = next.Draw();
                me.Step = HoldStep.Lifted;
                for (var post = 0; post < Posts; post++)
                {
                    me.DueAtLift |= (byte)(next.Post(post).Due ? 1 << post : 0);
                }

                Add("hold {0} is lifted", hold, 0, next);
                Undo(state, hold, HoldStep.Standing);
                break;
        }
    }

    private void Undo(ModelState state, int hold, HoldStep to)
    {
        state.Hold(hold).Step = to;
        Add("the host of hold {0} dies before its commit", hold, 0, state);
    }

    private void Person(ModelState state)
    {
        const byte Rescheduled = 1;
        var next = state;
        switch (state.Person)
        {
            case PersonStep.None:
                // Post 1 is left alone: what a person does to it is no other story, and would be fifty million states more.
                if (state.Post(0).Step is PostStep.Scheduled or PostStep.Held && RowIsFree(state, 0))
                {
                    if ((state.PersonDid & Rescheduled) == 0)
                    {
                        PersonMoves(state, PersonStep.RowToReschedule, "a person goes to reschedule post 0");
                    }

                    PersonMoves(state, PersonStep.RowToCancel, "a person goes to cancel post 0");
                }

                break;
            case PersonStep.RowToReschedule or PersonStep.RowToCancel when state.Post(0).Permit == PermitStep.Open && mistake != Mistake.ChangesWhatIsBeingSent:
                PersonMoves(state, PersonStep.None, "a person is told that post 0 is being sent");
                break;
            case PersonStep.RowToReschedule when !FenceIsExclusive(state):
                PersonMoves(state, PersonStep.FenceToReschedule, "a person has the fence");
                break;
            case PersonStep.RowToCancel:
                next.Post(0).Step = PostStep.Cancelled;
                Changed(ref next, 0);
                PersonMoves(next, PersonStep.None, "a person cancels post 0");
                break;
            case PersonStep.FenceToReschedule:
                var about = next.Post(0);
                (about.Step, about.Due, about.Confirmed) = (PostStep.Scheduled, false, next.Draw());
                next.PersonDid = Rescheduled;
                Changed(ref next, 0);
                PersonMoves(next, PersonStep.None, "a person reschedules post 0");
                break;
        }
    }

    private void PersonMoves(ModelState state, PersonStep step, string words)
    {
        state.Person = step;
        Add(words, 0, 0, state);
    }

    private void Move(ModelState state, int silo, int post, SiloStep step, string words)
    {
        (state.Silo(silo).Step, state.Silo(silo).Post) = (step, (byte)post);
        Add(words, silo, post, state);
    }

    // Whoever read the account before now believes in an older version.
    private static void Changed(ref ModelState state, int post)
    {
        for (var silo = 0; silo < Silos; silo++)
        {
            if (state.Silo(silo).Step == SiloStep.Loaded && state.Silo(silo).Post == post)
            {
                state.Silo(silo).Stale = true;
            }
        }
    }

    private bool Refuses(ModelState state, int post)
    {
        for (var hold = 0; hold < Holds; hold++)
        {
            var by = state.Hold(hold);
            var stands = by.Step is HoldStep.Standing or HoldStep.Lifting;
            var stopped = by.Step == HoldStep.Lifted && (by.DueAtLift & (1 << post)) != 0 && by.Lifted > state.Post(post).Confirmed
                && mistake != Mistake.ForgetsLiftedHolds;
            if (Covers(hold, post) && (stands || stopped))
            {
                return true;
            }
        }

        return false;
    }

    private static bool RowIsFree(ModelState state, int post)
    {
        for (var silo = 0; silo < Silos; silo++)
        {
            if (state.Silo(silo).Post == post && state.Silo(silo).Step is SiloStep.RowLocked or SiloStep.FenceShared or SiloStep.PermitWritten)
            {
                return false;
            }
        }

        return post != 0 || state.Person == PersonStep.None;
    }

    private static bool FenceIsShared(ModelState state) =>
        state.Person == PersonStep.FenceToReschedule
        || state.Silo(0).Step is SiloStep.FenceShared or SiloStep.PermitWritten
        || state.Silo(1).Step is SiloStep.FenceShared or SiloStep.PermitWritten;

    private static bool FenceIsExclusive(ModelState state) =>
        state.Hold(0).Step is HoldStep.Placing or HoldStep.Lifting || state.Hold(1).Step is HoldStep.Placing or HoldStep.Lifting;
}
