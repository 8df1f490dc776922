using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Coordination.Storage.Tests.Fence.Model;

/// <summary>All that matters to the protocol, for two accounts with a post each, two silos, two holds and one person.</summary>
/// <remarks>Post 0 is on account 0 and post 1 on account 1. Hold 0 covers both; hold 1 covers account 0. Sequence numbers keep their order and nothing else, so that histories that differ in numbers alone are one.</remarks>
[InlineArray(Length)]
internal struct ModelState : IEquatable<ModelState>
{
    private const int Length = 36;

    // Confirmations and permits of the posts, what silos have written, holds' placing and lift.
    private static readonly int[] Numbers = [4 + 1, 4 + 3, 11 + 1, 11 + 3, 18 + 2, 22 + 2, 26 + 1, 26 + 2, 30 + 1, 30 + 2];
    private byte _first;

    /// <summary>The person's transaction.</summary>
    public PersonStep Person { readonly get => (PersonStep)this[0]; set => this[0] = (byte)value; }

    /// <summary>Whether the person has rescheduled post 0 already.</summary>
    public byte PersonDid { readonly get => this[2]; set => this[2] = value; }

    /// <summary>A post and its account.</summary>
    [UnscopedRef]
    public PostPart Post(int post) => new(ref this[4 + (post * 7)]);

    /// <summary>A silo's worker.</summary>
    [UnscopedRef]
    public SiloPart Silo(int silo) => new(ref this[18 + (silo * 4)]);

    /// <summary>A hold.</summary>
    [UnscopedRef]
    public HoldPart Hold(int hold) => new(ref this[26 + (hold * 4)]);

    /// <summary>The next sequence number.</summary>
    public byte Draw()
    {
        byte last = 0;
        foreach (var at in Numbers)
        {
            last = Math.Max(last, this[at]);
        }

        return (byte)(last + 1);
    }

    /// <summary>Makes states one that differ in nothing that matters: which silo is which, what is over for good, numbers whose order is the same.</summary>
    public void Normalise()
    {
        for (var post = 0; post < 2; post++)
        {
            ForgetWhatIsOver(post);
        }

        var first = MemoryMarshal.CreateSpan(ref this[18], 4);
        var second = MemoryMarshal.CreateSpan(ref this[22], 4);
        if (first.SequenceCompareTo(second) > 0)
        {
            Span<byte> other = stackalloc byte[4];
            first.CopyTo(other);
            second.CopyTo(first);
            other.CopyTo(second);
        }

        Renumber();
    }

    private void ForgetWhatIsOver(int post)
    {
        var about = Post(post);
        if (about.Step is PostStep.Scheduled or PostStep.Held || about.OnTheWire || Busy(0, post) || Busy(1, post))
        {
            return;
        }

        (about.Due, about.Confirmed, about.PermitSequence, about.Expired, about.Listed) = (false, 0, 0, false, 0);
        for (var hold = 0; hold < 2; hold++)
        {
            Hold(hold).DueAtLift &= (byte)~(1 << post);
        }
    }

    private bool Busy(int silo, int post) => Silo(silo).Step != SiloStep.Idle && Silo(silo).Post == post;

    private void Renumber()
    {
        var seen = 0u;
        foreach (var at in Numbers)
        {
            seen |= 1u << this[at];
        }

        foreach (var at in Numbers)
        {
            if (this[at] != 0)
            {
                this[at] = (byte)(1 + System.Numerics.BitOperations.PopCount(seen & ((1u << this[at]) - 1) & ~1u));
            }
        }
    }

    /// <inheritdoc/>
    public readonly bool Equals(ModelState other) => Bytes(in _first).SequenceEqual(Bytes(in other._first));

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is ModelState other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Bytes(in _first));
        return hash.ToHashCode();
    }

    private static ReadOnlySpan<byte> Bytes(ref readonly byte first) => MemoryMarshal.CreateReadOnlySpan(in first, Length);
}

/// <summary>Where a post stands.</summary>
internal enum PostStep : byte
{
    Scheduled,
    Held,
    Published,
    Cancelled,
    Unknown,
}

/// <summary>What became of a post's last permit.</summary>
internal enum PermitStep : byte
{
    None,
    Open,
    Sent,
    NotSent,
    Unknown,
}

/// <summary>Where a silo's worker stands.</summary>
internal enum SiloStep : byte
{
    Idle,

    /// <summary>It has read the account's state and its version.</summary>
    Loaded,

    /// <summary>Its transaction has the account's row.</summary>
    RowLocked,

    /// <summary>And the fence, shared.</summary>
    FenceShared,

    /// <summary>And has written the permit, uncommitted.</summary>
    PermitWritten,

    /// <summary>It has a permit.</summary>
    Permitted,

    /// <summary>The request is written.</summary>
    Sent,

    /// <summary>The platform has confirmed.</summary>
    Confirmed,

    /// <summary>The permit's life was over before the request was written.</summary>
    ThrownAway,

    /// <summary>Recovery: it has asked the platform and found the post.</summary>
    Found,

    /// <summary>Recovery: it has asked the platform and found nothing.</summary>
    FoundNothing,
}

/// <summary>Where a hold stands.</summary>
internal enum HoldStep : byte
{
    None,

    /// <summary>Its transaction has the fence for itself.</summary>
    Placing,
    Standing,
    Lifting,
    Lifted,
}

/// <summary>Where the person's transaction stands.</summary>
internal enum PersonStep : byte
{
    None,
    RowToReschedule,
    RowToCancel,
    FenceToReschedule,
}

/// <summary>A post, its permit, and the platform's side of it.</summary>
internal readonly ref struct PostPart(ref byte at)
{
    private readonly ref byte _at = ref at;

    public PostStep Step { get => (PostStep)(_at & 0x0f); set => _at = (byte)((_at & 0xf0) | (byte)value); }

    public bool Due { get => (_at & 0x10) != 0; set => _at = (byte)(value ? _at | 0x10 : _at & ~0x10); }

    public byte Confirmed { get => Byte(1); set => Byte(1) = value; }

    public PermitStep Permit { get => (PermitStep)Byte(2); set => Byte(2) = (byte)value; }

    public byte PermitSequence { get => Byte(3); set => Byte(3) = value; }

    /// <summary>Whether the permit's life is over.</summary>
    public bool Expired { get => (Byte(4) & 1) != 0; set => Byte(4) = (byte)(value ? Byte(4) | 1 : Byte(4) & ~1); }

    /// <summary>Whether a request is on the wire.</summary>
    public bool OnTheWire { get => (Byte(4) & 2) != 0; set => Byte(4) = (byte)(value ? Byte(4) | 2 : Byte(4) & ~2); }

    /// <summary>Whether it arrived under a hold that had not listed it.</summary>
    public bool Leaked { get => (Byte(4) & 4) != 0; set => Byte(4) = (byte)(value ? Byte(4) | 4 : Byte(4) & ~4); }

    /// <summary>How many posts the platform made of it.</summary>
    public byte Accepted { get => Byte(5); set => Byte(5) = value; }

    /// <summary>Holds that listed it as in flight, as bits.</summary>
    public byte Listed { get => Byte(6); set => Byte(6) = value; }

    private ref byte Byte(int offset) => ref Unsafe.Add(ref _at, offset);
}

/// <summary>A silo's worker: what it does, for which post, with which beliefs.</summary>
internal readonly ref struct SiloPart(ref byte at)
{
    private readonly ref byte _at = ref at;

    public SiloStep Step { get => (SiloStep)_at; set => _at = (byte)value; }

    public byte Post { get => Byte(1); set => Byte(1) = value; }

    /// <summary>The sequence number of the permit it has written.</summary>
    public byte Sequence { get => Byte(2); set => Byte(2) = value; }

    /// <summary>Whether the account has changed since it read it.</summary>
    public bool Stale { get => (Byte(3) & 1) != 0; set => Byte(3) = (byte)(value ? Byte(3) | 1 : Byte(3) & ~1); }

    /// <summary>What a snapshot older than its lock showed: whether a hold refuses. The mistake alone uses it.</summary>
    public bool Refused { get => (Byte(3) & 2) != 0; set => Byte(3) = (byte)(value ? Byte(3) | 2 : Byte(3) & ~2); }

    /// <summary>Idle, with no beliefs left.</summary>
    public void Forget() => (_at, Byte(1), Byte(2), Byte(3)) = (0, 0, 0, 0);

    private ref byte Byte(int offset) => ref Unsafe.Add(ref _at, offset);
}

/// <summary>A hold.</summary>
internal readonly ref struct HoldPart(ref byte at)
{
    private readonly ref byte _at = ref at;

    public HoldStep Step { get => (HoldStep)_at; set => _at = (byte)value; }

    public byte Placed { get => Byte(1); set => Byte(1) = value; }

    public byte Lifted { get => Byte(2); set => Byte(2) = value; }

    /// <summary>The posts that had fallen due when it was lifted, as bits.</summary>
    public byte DueAtLift { get => Byte(3); set => Byte(3) = value; }

    private ref byte Byte(int offset) => ref Unsafe.Add(ref _at, offset);
}
