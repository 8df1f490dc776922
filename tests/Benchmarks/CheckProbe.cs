using System.Diagnostics;
using System.Reflection;
using Orleans.Serialization.Invocation;

namespace Coordination.Benchmarks;

/// <summary>Stands in a silo's line of filters and, once armed, has a filter look at one real call again and again, the rest of the call left out.</summary>
internal sealed class CheckProbe(IIncomingGrainCallFilter filter, int times) : IIncomingGrainCallFilter
{
    private bool _armed;

    /// <summary>How long the filter takes for one call, without what it costs to repeat it.</summary>
    public double Nanoseconds { get; private set; }

    public void Arm() => _armed = true;

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        // The silo calls grains of its own meanwhile; only commands are asked about.
        if (_armed && context.Request.GetArgumentCount() > 1)
        {
            _armed = false;
            var cut = new WithoutTheRest(context);
            await RunAsync(() => filter.Invoke(cut));
            Nanoseconds = await RunAsync(() => filter.Invoke(cut)) - await RunAsync(cut.Invoke);
        }

        await context.Invoke();
    }

    private async Task<double> RunAsync(Func<Task> once)
    {
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++)
        {
            await once();
        }

        return Stopwatch.GetElapsedTime(began).TotalNanoseconds / times;
    }

    private sealed class WithoutTheRest(IIncomingGrainCallContext real) : IIncomingGrainCallContext
    {
        public IInvokable Request => real.Request;

        public object Grain => real.Grain;

        public GrainId? SourceId => real.SourceId;

        public GrainId TargetId => real.TargetId;

        public GrainInterfaceType InterfaceType => real.InterfaceType;

        public string InterfaceName => real.InterfaceName;

        public string MethodName => real.MethodName;

        public MethodInfo InterfaceMethod => real.InterfaceMethod;

        public MethodInfo ImplementationMethod => real.ImplementationMethod;

        public IGrainContext TargetContext => real.TargetContext;

        public object? Result { get => real.Result; set => real.Result = value; }

        public Response? Response { get => real.Response; set => real.Response = value; }

        public Task Invoke() => Task.CompletedTask;
    }
}
