using System.Globalization;
using System.Net;
using System.Text;

namespace S3ModelStore.Benchmarks.Reporting;

/// <summary>Two bars for each contestant of each scenario: wall and processor time as ratios to the best peer. The line is the best peer.</summary>
internal sealed class RatioChart
{
    private const int Names = 260;
    private const int UnitWidth = 110;
    private const double Longest = 5;
    private const int RowHeight = 26;
    private const int Title = 30;
    private const int Margin = 16;
    private const int Width = Names + (int)(UnitWidth * Longest) + 90;

    private readonly IReadOnlyList<ScenarioOutcome> _outcomes;
    private readonly StringBuilder _svg = new();
    private int _y = Margin;

    public RatioChart(IReadOnlyList<ScenarioOutcome> outcomes) => _outcomes = outcomes;

    public string ToSvg()
    {
        Text(Margin, _y + 4, "Ratio to the best peer; shorter is better. Upper bar: wall time; lower bar: processor time.", "note");
        _y += Title / 2;
        foreach (var outcome in _outcomes)
            Draw(outcome);
        return string.Create(CultureInfo.InvariantCulture, $$"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{{Width}}" height="{{_y + Margin}}" viewBox="0 0 {{Width}} {{_y + Margin}}">
            <style>
            text { font: 12px sans-serif; fill: #24292f } .title { font-weight: bold; font-size: 14px } .note, .figure { font-size: 10px; fill: #57606a } .ours { font-weight: bold }
            .wall { fill: #8c959f } .cpu { fill: #d0d7de } .ours.wall { fill: #0969da } .ours.cpu { fill: #80ccff } line { stroke: #cf222e; stroke-dasharray: 3 3 }
            </style>
            <rect width="100%" height="100%" fill="#ffffff"/>
            {{_svg}}</svg>
            """);
    }

    private void Draw(ScenarioOutcome outcome)
    {
        if (outcome.BestPeer(run => run.WallSeconds) is not { } wall || outcome.BestPeer(run => run.CpuSeconds) is not { } cpu)
            return;
        _y += Title;
        Text(Margin, _y - 8, $"{outcome.Scenario.Name}: {outcome.Scenario.Title}", "title");
        var top = _y;
        foreach (var series in outcome.Finished)
        {
            var whose = series.IsOurs ? "ours " : string.Empty;
            Text(Margin, _y + 15, series.Name, whose);
            Bar(series.RatioTo(wall, run => run.WallSeconds).Median, _y + 2, whose + "wall");
            Bar(series.RatioTo(cpu, run => run.CpuSeconds).Median, _y + 12, whose + "cpu");
            _y += RowHeight;
        }

        _svg.AppendLine(CultureInfo.InvariantCulture, $"""<line x1="{Names + UnitWidth}" y1="{top}" x2="{Names + UnitWidth}" y2="{_y}"/>""");
    }

    private void Bar(double ratio, int y, string style)
    {
        var width = Math.Min(ratio, Longest) * UnitWidth;
        _svg.AppendLine(CultureInfo.InvariantCulture, $"""<rect x="{Names}" y="{y}" width="{width:0.0}" height="9" class="{style}"/>""");
        Text((int)(Names + width + 4), y + 8, string.Create(CultureInfo.InvariantCulture, $"{ratio:0.00}{(ratio > Longest ? " …" : string.Empty)}"), "figure");
    }

    private void Text(int x, int y, string text, string style)
        => _svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{x}" y="{y}" class="{style.Trim()}">{WebUtility.HtmlEncode(text)}</text>""");
}
