package io.curia.admin;

import io.curia.cli.EnvironmentDefaults;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.IOptionRenderer;
import picocli.CommandLine.Help.IParamLabelRenderer;
import picocli.CommandLine.IHelpFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Usage help that names, after each option's description, the environment variable that stands for it. */
final class EnvironmentHelp extends Help {

    EnvironmentHelp(CommandSpec command, ColorScheme colours) {
        super(command, colours);
    }

    @Override
    public IOptionRenderer createDefaultOptionRenderer() {
        return new Renderer(super.createDefaultOptionRenderer());
    }

    /** Makes this help for picocli. */
    static final class Factory implements IHelpFactory {

        @Override
        public Help create(CommandSpec command, ColorScheme colours) {
            return new EnvironmentHelp(command, colours);
        }
    }

    private static final class Renderer implements IOptionRenderer {

        private final IOptionRenderer plain;

        Renderer(IOptionRenderer plain) {
            this.plain = plain;
        }

        @Override
        public Text[][] render(OptionSpec option, IParamLabelRenderer labels, ColorScheme colours) {
            Text[][] lines = plain.render(option, labels, colours);
            if (!EnvironmentDefaults.hasVariable(option)) {
                return lines;
            }
            Text[] last = lines[lines.length - 1];
            int description = last.length - 1;
            last[description] = last[description].concat(" [" + EnvironmentDefaults.variableOf(option) + "]");
            return lines;
        }
    }
}
