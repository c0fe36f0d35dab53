package io.tripline.analyze;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Who may know whom. Dependencies run one way: analyze → report → rules → schemas, analyze → engine → rules, analyze →
 * sensor → schemas.
 */
class ArchitectureTest {
    private static final JavaClasses TRIPLINE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tripline");

    private static final String RULES = "io.tripline.rules..";
    private static final String[] PLAIN = {"..decode..", "..flow..", RULES};

    @Test
    void shouldSeeEveryModule() {
        assertThat(TRIPLINE)
                .extracting(JavaClass::getPackageName)
                .extracting(name -> name.split("\\.", -1)[2])
                .contains("schemas", "sensor", "rules", "job", "analyze");
    }

    @Test
    void shouldKeepSchemasFreeOfItsReaders() {
        noClasses()
                .that()
                .resideInAPackage("io.tripline.schemas..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.apache.flink..")
                        .or(resideInAPackage("io.tripline..").and(not(resideInAPackage("io.tripline.schemas..")))))
                .check(TRIPLINE);
    }

    @Test
    void shouldKeepTheSensorFreeOfFlinkAndOfTheJob() {
        noClasses()
                .that()
                .resideInAPackage("io.tripline.sensor..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.flink..", "io.tripline.job..", "io.tripline.analyze..")
                .check(TRIPLINE);
    }

    @Test
    void shouldKeepTheReportFreeOfTheSensorAndOfFlink() {
        noClasses()
                .that()
                .resideInAPackage("io.tripline.analyze.report..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.apache.flink..", "io.tripline.sensor..")
                        .or(resideInAPackage("io.tripline.analyze..")
                                .and(not(resideInAPackage("io.tripline.analyze.report..")))))
                .check(TRIPLINE);
    }

    @Test
    void shouldKeepDecodersAndFlowTableFreeOfJson() {
        noClasses()
                .that()
                .resideInAnyPackage("..decode..", "..flow..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml.jackson..")
                .check(TRIPLINE);
    }

    @Test
    void shouldKeepTheRulesFreeOfTheEngine() {
        noClasses()
                .that()
                .resideInAPackage(RULES)
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.tripline..").and(not(resideInAnyPackage(RULES, "io.tripline.schemas.."))))
                .check(TRIPLINE);
    }

    @Test
    void shouldKeepTheJobFreeOfCapture() {
        noClasses()
                .that()
                .resideInAnyPackage(RULES, "io.tripline.job..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.tripline.sensor..", "io.tripline.analyze..", "org.pcap4j..")
                .check(TRIPLINE);
    }

    @Test
    void shouldKeepDecodersFlowTableAndRulesPlain() {
        noClasses()
                .that()
                .resideInAnyPackage(PLAIN)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.flink..",
                        "org.apache.kafka..",
                        "org.pcap4j..",
                        "com.sun.jna..",
                        "io.micrometer..",
                        "picocli..",
                        "tools.jackson..")
                .check(TRIPLINE);
    }

    @Test
    void shouldGiveRulesNoClock() {
        noClasses()
                .that()
                .resideInAPackage(RULES)
                .should()
                .accessTargetWhere(readsTheClock())
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .allowEmptyShould(true)
                .check(TRIPLINE);
    }

    @Test
    void shouldGiveRulesNoLogger() {
        noClasses()
                .that()
                .resideInAPackage(RULES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.slf4j..", "org.apache.logging..", "java.util.logging..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(System.Logger.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .allowEmptyShould(true)
                .check(TRIPLINE);
    }

    @Test
    void shouldGiveRulesNoInputOrOutputButTheirOwnState() {
        noClasses()
                .that()
                .resideInAPackage(RULES)
                .and()
                .resideOutsideOfPackage("io.tripline.rules.codec")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("java.io..", "java.nio.file..", "java.nio.channels..", "java.net..")
                                .and(not(belongToAnyOf(
                                        DataInput.class,
                                        DataOutput.class,
                                        IOException.class,
                                        UncheckedIOException.class,
                                        Serializable.class,
                                        StringWriter.class))))
                .allowEmptyShould(true)
                .check(TRIPLINE);
    }

    /** A task manager runs several jobs and restarts them in one process: what is static outlives them all. */
    @Test
    void shouldGiveTheJobNoStaticStateThatChanges() {
        classes()
                .that()
                .resideInAnyPackage(RULES, "io.tripline.job..")
                .should(haveOnlyFinalStaticFields())
                .check(TRIPLINE);
    }

    private static DescribedPredicate<JavaAccess<?>> readsTheClock() {
        return DescribedPredicate.describe("the clock is read", access -> {
            String owner = access.getTargetOwner().getName();
            return switch (access.getTarget().getName()) {
                case "currentTimeMillis", "nanoTime" -> owner.equals("java.lang.System");
                case "now" -> owner.startsWith("java.time.");
                default -> false;
            };
        });
    }

    private static ArchCondition<JavaClass> haveOnlyFinalStaticFields() {
        return new ArchCondition<>("have only final static fields") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaField field : type.getFields()) {
                    Set<JavaModifier> modifiers = field.getModifiers();
                    if (modifiers.contains(JavaModifier.STATIC) && !modifiers.contains(JavaModifier.FINAL)) {
                        events.add(
                                SimpleConditionEvent.violated(field, field.getFullName() + " is static and not final"));
                    }
                }
            }
        };
    }
}
