using Coordination.SystemTests.Support;

// One service for all of them: what a test holds, it lifts, and each uses accounts of its own. Beside them, also one after the other, go those that start, and break, a product of their own.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.Collections)]
[assembly: AssemblyFixture(typeof(ServiceFixture))]
