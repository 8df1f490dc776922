using Coordination.SystemTests.Support;

// One service for all of them: what a test holds, it lifts, and each uses accounts of its own.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
[assembly: AssemblyFixture(typeof(ServiceFixture))]
