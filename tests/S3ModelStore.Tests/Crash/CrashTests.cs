using System.Globalization;
using S3ModelStore.TestServer;

namespace S3ModelStore.Tests.Crash;

/// <summary>
/// The module in a process of its own, killed without a word again and again, what it left behind damaged in between, and the source
/// replaced. After each kill nothing wrong has a final name; after a last, undisturbed save everything is right, nothing is left over,
/// and no more was fetched twice than what was in flight and what was damaged.
/// </summary>
/// <remarks>
/// <para>The environment variable <c>S3MODELSTORE_LONG=1</c> asks for many more rounds, <c>S3MODELSTORE_SEED</c> for the choices of a run
/// that failed: its output names both.</para>
/// <para>A seed repeats what was chosen: sizes, damage, moments, part sizes. It cannot repeat how far a process had got by then, nor, for
/// that reason, which files there were to be damaged: what fails one time in ten with a seed is found by running it ten times.</para>
/// </remarks>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const string LongVariable = "S3MODELSTORE_LONG";
    private const string SeedVariable = "S3MODELSTORE_SEED";

    private static readonly bool IsLong = Environment.GetEnvironmentVariable(LongVariable) == "1";

    [Fact]
    public Task Kills_and_damage_cost_no_more_than_what_was_in_flight_and_what_was_damaged()
        => RunAsync(IsLong ? 100 : 20, CrashModel.OfShards, random => random.Next(4) switch
        {
            0 => KillMoment.AtAChange(random),
            1 => KillMoment.AtTheFinish(random),
            _ => KillMoment.AfterAWhile(random),
        });

    [Fact]
    public Task A_kill_at_the_finish_forgets_nothing()
        => RunAsync(IsLong ? 100 : 10, CrashModel.OfSmallFiles, random => random.Next(3) == 0 ? KillMoment.AtAChange(random) : KillMoment.AtTheFinish(random));

    private async Task RunAsync(int rounds, Func<S3TestServer, Random, CrashModel> put, Func<Random, KillMoment> aim)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable(SeedVariable), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        output.WriteLine($"Seed {seed}. Again: {ReplayOf(seed)}");
        await using var server = await S3TestServer.StartAsync();
        using var run = new CrashRun(server, put(server, new Random(seed)), output.WriteLine);
        try
        {
            for (var round = 1; round <= rounds; round++)
            {
                // A source of its own for every round: what one round found to damage does not change the choices of the next.
                var random = new Random(unchecked((seed * 1_000_003) + round));
                output.Write($"Round {round}: ");
                await run.RoundAsync(aim(random), random);
            }

            await run.FinishAsync(new Random(seed));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new InvalidOperationException($"Seed {seed}. Again: {ReplayOf(seed)}\n{e.Message}", e);
        }

        Assert.True(run.Killed >= rounds / 2, $"Only {run.Killed} of {rounds} processes were there to be killed.");
    }

    private static string ReplayOf(int seed)
        => $"{(IsLong ? LongVariable + "=1 " : string.Empty)}{SeedVariable}={seed} dotnet test --project tests/S3ModelStore.Tests --filter-class '*.{nameof(CrashTests)}'";
}
